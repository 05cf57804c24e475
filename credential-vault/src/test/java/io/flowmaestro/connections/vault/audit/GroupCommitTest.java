package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.scheduled.Rounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Statements statements = new Statements();
    private final AuditMac mac = AuditMac.of(Random.randBytes(32));
    private AuditTrail trail;

    @BeforeEach
    void start() {
        var commit = new GroupCommit(
                statements,
                new Checkpoints(new CheckpointRepository(null), new Rounds()),
                new AuditMetrics(registry),
                Clock.systemUTC(),
                vertx);
        trail = new AuditTrail(() -> Uni.createFrom().item(mac), commit);
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void writesAtOnceWhenNothingIsUnderWay() throws Exception {
        var user = UUID.randomUUID();
        var caller = append(List.of(Events.of(user)));

        var statement = statements.next();
        assertThat(statement.records()).hasSize(1);
        assertThat(caller).isNotDone();

        statement.commit(Map.of(user, 7L, UUID.randomUUID(), 8L));
        assertThat(caller.get(5, TimeUnit.SECONDS)).isEqualTo(new KeyEpochs(Map.of(user, 7L)));
    }

    @Test
    void collectsWhatComesWhileAStatementIsUnderWay() throws Exception {
        var _ = append(Events.some(1));
        var first = statements.next();
        var others = new ArrayList<CompletableFuture<KeyEpochs>>();
        for (int i = 0; i < 3; i++) {
            others.add(append(Events.some(250)));
        }
        assertThat(statements.under()).as("statements at a time").isEqualTo(1);

        first.commit(Map.of());
        var second = statements.next();
        assertThat(second.records()).as("no more than fit").hasSize(500);
        second.commit(Map.of());
        others.get(1).get(5, TimeUnit.SECONDS);
        assertThat(others.get(2)).isNotDone();
        var third = statements.next();
        assertThat(third.records().getFirst().record().sequence()).isEqualTo(502);
        third.commit(Map.of());
        others.get(2).get(5, TimeUnit.SECONDS);

        assertThat(registry.get("vault.audit.batch.size").summary().count()).isEqualTo(3);
        assertThat(registry.get("vault.audit.batch.size").summary().totalAmount())
                .isEqualTo(751);
        assertThat(registry.get("vault.audit.statement").timer().count()).isEqualTo(3);
    }

    @Test
    void startsAnotherChainWhenNobodyKnowsWhetherTheLastBatchWasCommitted() throws Exception {
        var _ = append(Events.some(1));
        var committed = statements.next();
        committed.commit(Map.of());
        var lost = append(Events.some(2));
        var doubtful = statements.next();
        assertThat(doubtful.writer()).isEqualTo(committed.writer());

        doubtful.fail(new java.io.IOException("connection reset"));
        assertThatThrownBy(() -> lost.get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code().status()).isEqualTo(503));

        assertThat(registry.get("vault.audit.failures")
                        .tag("reason", "statement")
                        .counter()
                        .count())
                .isEqualTo(1);

        var _ = append(Events.some(1));
        var anew = statements.next();
        assertThat(anew.writer()).isNotEqualTo(committed.writer());
        assertThat(anew.records().getFirst().record().sequence()).isEqualTo(1);
    }

    @Test
    void turnsCallersAwayWhenTooManyWaitAndServesTheOthers() throws Exception {
        var _ = append(Events.some(1));
        var first = statements.next();
        var waiting = new ArrayList<CompletableFuture<KeyEpochs>>();
        for (int i = 0; i < WaitingLine.MOST_EVENTS / 500; i++) {
            waiting.add(append(Events.some(500)));
        }
        assertThat(registry.get("vault.audit.waiting").gauge().value()).isEqualTo(WaitingLine.MOST_EVENTS);

        assertThatThrownBy(() -> append(Events.some(1)).get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code().status()).isEqualTo(503));
        assertThat(registry.get("vault.audit.failures")
                        .tag("reason", "full")
                        .counter()
                        .count())
                .isEqualTo(1);

        first.commit(Map.of());
        for (var caller : waiting) {
            statements.next().commit(Map.of());
            caller.get(5, TimeUnit.SECONDS);
        }
        assertThat(registry.get("vault.audit.waiting").gauge().value()).isZero();
    }

    @Test
    void recordsNothingForACallerThatIsGone() throws Exception {
        var _ = append(Events.some(1));
        var first = statements.next();
        append(Events.some(3)).cancel(true);
        var _ = append(Events.some(2));

        first.commit(Map.of());

        assertThat(statements.next().records()).hasSize(2);
    }

    @Test
    void resumesEachCallerOnItsOwnContext() throws Exception {
        var one = vertx.getOrCreateContext();
        var resumed = new CompletableFuture<Context>();
        one.runOnContext(_ -> trail.append(Events.some(1))
                .subscribe()
                .with(_ -> resumed.complete(Vertx.currentContext()), resumed::completeExceptionally));

        var other = new Thread(() -> statements.next().commit(Map.of()));
        other.start();

        assertThat(resumed.get(5, TimeUnit.SECONDS)).isSameAs(one);
        other.join();
    }

    private CompletableFuture<KeyEpochs> append(List<AuditEvent> events) {
        return trail.append(events).subscribeAsCompletionStage();
    }

    /** A database that commits when it is told to. */
    private static final class Statements implements AuditRecords {

        private final BlockingQueue<Statement> sent = new LinkedBlockingQueue<>();
        private final List<Statement> all = new ArrayList<>();

        @Override
        public synchronized Future<KeyEpochs> add(List<SealedRecord> records) {
            var statement = new Statement(records, Promise.promise());
            all.add(statement);
            sent.add(statement);
            return statement.answer().future();
        }

        private Statement next() {
            try {
                var next = sent.poll(5, TimeUnit.SECONDS);
                assertThat(next).as("a statement").isNotNull();
                return next;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        private synchronized long under() {
            return all.stream()
                    .filter(statement -> !statement.answer().future().isComplete())
                    .count();
        }
    }

    private record Statement(List<SealedRecord> records, Promise<KeyEpochs> answer) {

        private void commit(Map<UUID, Long> epochs) {
            answer.complete(new KeyEpochs(epochs));
        }

        private void fail(Throwable failure) {
            answer.fail(failure);
        }

        private UUID writer() {
            return records.getFirst().record().writerId();
        }
    }
}
