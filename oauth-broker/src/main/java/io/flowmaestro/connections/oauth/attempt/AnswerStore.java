package io.flowmaestro.connections.oauth.attempt;

import io.flowmaestro.connections.flight.CallerContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Makes answers safe: in PostgreSQL, or on this replica's disk while that is away. An answer that neither takes stays in
 * memory and is tried again until one does.
 */
@ApplicationScoped
class AnswerStore {

    private static final Logger LOG = Logger.getLogger(AnswerStore.class);
    private static final Duration DATABASE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final AttemptRepository attempts;
    private final AnswerJournal journal;
    private final Vertx vertx;
    private final MeterRegistry metrics;

    AnswerStore(AttemptRepository attempts, AnswerJournal journal, Vertx vertx, MeterRegistry metrics) {
        this.attempts = attempts;
        this.journal = journal;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /** Completes once the answer is safe. False: the attempt is gone, as its user was erased. */
    Uni<Boolean> keep(SealedAnswer answer) {
        var here = CallerContext.current();
        return Uni.createFrom()
                .deferred(() -> inDatabase(answer))
                .runSubscriptionOn(here)
                .onFailure()
                .recoverWithUni(failure -> inJournal(answer, failure))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "The answer to attempt %s can be written neither to PostgreSQL nor to the journal, and waits in memory: %s",
                        answer.attempt(), failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .emitOn(here);
    }

    private Uni<Boolean> inDatabase(SealedAnswer answer) {
        return attempts.keep(answer).ifNoItem().after(DATABASE).fail().map(state -> state != null);
    }

    private Uni<Boolean> inJournal(SealedAnswer answer, Throwable why) {
        return blocking(() -> {
                    journal.write(answer);
                    return true;
                })
                .invoke(() -> {
                    metrics.counter("connections.oauth.journal.answers").increment();
                    LOG.warnf("The answer to attempt %s went to the journal: %s", answer.attempt(), why);
                });
    }

    /** Moves what is in the journal to PostgreSQL. Answers how many were there; fails while PostgreSQL is away. */
    Uni<Integer> replay() {
        return blocking(journal::waiting).chain(waiting -> replay(waiting, 0));
    }

    private Uni<Integer> replay(List<UUID> waiting, int done) {
        return done == waiting.size()
                ? Uni.createFrom().item(done)
                : replay(waiting.get(done)).chain(() -> replay(waiting, done + 1));
    }

    /** Removed from the disk only when it is in PostgreSQL; the other way round a crash would lose it. */
    private Uni<Void> replay(UUID attempt) {
        return blocking(() -> journal.read(attempt))
                .chain(read -> read.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : inDatabase(read.get()).chain(() -> removed(attempt)));
    }

    private Uni<Void> removed(UUID attempt) {
        return blocking(() -> {
                    journal.remove(attempt);
                    return attempt;
                })
                .invoke(() -> LOG.infof("The journaled answer to attempt %s is in PostgreSQL now", attempt))
                .replaceWithVoid();
    }

    private <T> Uni<T> blocking(java.util.concurrent.Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }
}
