package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditTrailTest extends VaultTest {

    private static final Logger LOG = Logger.getLogger(AuditTrailTest.class);
    private static final int CALLERS = 64;
    private static final int EVENTS = 20_000;

    @Inject
    AuditTrail trail;

    @Inject
    AuditVerificationService verification;

    @Inject
    Vertx vertx;

    @Test
    void keepsAnEventAsItWas() {
        var user = UUID.randomUUID();
        var event = Events.of(user, "Zoë's client");
        append(event);

        assertThat(Sql.column("""
                        select concat_ws('|', operation, outcome, actor, user_id, connection_id, purpose, key_id,
                            key_version, trace_id, octet_length(mac), abs(extract(epoch from now() - recorded_at)) < 60)
                        from vault.audit_records where user_id = ?""", user))
                .containsExactly("decrypt|ok|Zoë's client|%s|%s|connection-data|%s|1|%s|32|t"
                        .formatted(
                                user,
                                event.connection().orElseThrow(),
                                event.key().orElseThrow().keyId(),
                                event.traceId()));
    }

    @Test
    void keepsAnEventOfNobodyAndGivesNoEpochs() {
        assertThat(append(Events.ofNobody())).isEqualTo(KeyEpochs.NONE);

        assertThat(Sql.number("""
                        select count(*) from vault.audit_records where actor = 'nobody' and user_id is null
                            and connection_id is null and purpose is null and key_id is null and key_version is null""")).isPositive();
    }

    @Test
    void givesTheEpochThatTheUsersKeysStandAt() {
        var user = UUID.randomUUID();
        assertThat(append(Events.of(user)).of(user)).isEmpty();

        Sql.execute(
                "insert into vault.key_owners (user_id, key_id, newest_version) values (?, gen_random_uuid(), 1)",
                user);
        var first = append(Events.of(user)).of(user).orElseThrow();
        assertThat(first).isEqualTo(epoch(user));

        Sql.execute("update vault.key_owners set epoch = nextval('vault.key_epoch') where user_id = ?", user);
        assertThat(append(Events.of(user)).of(user)).hasValue(epoch(user)).isNotEqualTo(first);
    }

    /** Each caller looks for its record from another connection, at once when it goes on. */
    @Test
    void makesOneChainOfWhatManyCallersDoAndLetsEachGoOnOnlyOnceItsRecordIsThere() throws Exception {
        var actor = "caller-" + UUID.randomUUID();
        var invisible = new AtomicInteger();

        fromManyCallers(count -> {
            try (var other = PostgresResource.superuser();
                    var query = other.prepareStatement("select count(*) from vault.audit_records where user_id = ?")) {
                for (int i = 0; i < count; i++) {
                    var user = UUID.randomUUID();
                    append(Events.of(user, actor));
                    query.setObject(1, user);
                    var row = query.executeQuery();
                    row.next();
                    invisible.addAndGet(row.getInt(1) == 1 ? 0 : 1);
                }
            }
            return null;
        });

        assertThat(invisible).hasValue(0);
        assertOneChain(actor);
        assertIntact();
    }

    @Test
    void keepsUpWithManyCallers() throws Exception {
        var actor = "caller-" + UUID.randomUUID();
        var started = System.nanoTime();

        fromManyCallers(count -> {
            for (int i = 0; i < count; i++) {
                append(Events.of(UUID.randomUUID(), actor));
            }
            return null;
        });

        var took = Duration.ofNanos(System.nanoTime() - started);
        LOG.infof(
                "%d events of %d callers in %d ms: %d events/s",
                EVENTS, CALLERS, took.toMillis(), EVENTS * 1000L / took.toMillis());
        assertOneChain(actor);
    }

    @Test
    void resumesACallerOnTheContextOfItsRequest() throws Exception {
        var request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        var resumed = new CompletableFuture<Context>();
        request.runOnContext(_ -> trail.append(Events.some(3))
                .subscribe()
                .with(_ -> resumed.complete(Vertx.currentContext()), resumed::completeExceptionally));

        assertThat(resumed.get(5, TimeUnit.SECONDS)).isSameAs(request);
    }

    private interface Caller {
        Void make(int events) throws Exception;
    }

    private static void fromManyCallers(Caller caller) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var each = EVENTS / CALLERS;
            var more = EVENTS % CALLERS;
            List<Callable<Void>> work = java.util.stream.IntStream.range(0, CALLERS)
                    .<Callable<Void>>mapToObj(i -> () -> caller.make(each + (i < more ? 1 : 0)))
                    .toList();
            for (Future<Void> done : callers.invokeAll(work)) {
                done.get();
            }
        }
    }

    private static void assertOneChain(String actor) {
        assertThat(Sql.column("""
                        select concat_ws('|', count(*), count(distinct writer_id), count(distinct sequence))
                        from vault.audit_records where actor = ?""", actor)).containsExactly("%d|1|%d".formatted(EVENTS, EVENTS));
    }

    private void assertIntact() {
        var verified = verification.verify(List.of(), Optional.empty()).await().atMost(Duration.ofMinutes(1));
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.records()).isGreaterThanOrEqualTo(EVENTS);
    }

    private static long epoch(UUID user) {
        return Sql.number("select epoch from vault.key_owners where user_id = ?", user);
    }

    private KeyEpochs append(AuditEvent event) {
        return trail.append(List.of(event)).await().atMost(Duration.ofSeconds(10));
    }
}
