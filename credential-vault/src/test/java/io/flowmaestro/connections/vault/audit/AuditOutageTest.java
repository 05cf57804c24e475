package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL goes away and comes back while the vault works. */
@QuarkusTest
class AuditOutageTest extends VaultTest {

    private static final String TERMINATE =
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vault_app'";

    @Inject
    AuditTrail trail;

    @Inject
    AuditVerificationService verification;

    @AfterEach
    void letTheVaultIn() {
        Sql.execute("alter role vault_app login connection limit -1");
    }

    @Test
    void losesNoRecordOfACallerThatWentOnWhenItsConnectionsAreCut() throws Exception {
        var recorded = new ConcurrentLinkedQueue<UUID>();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                callers.execute(() -> callUntil(until, recorded, failures));
            }
            for (int i = 0; i < 12; i++) {
                Thread.sleep(200);
                Sql.execute(TERMINATE);
            }
        }

        assertThat(failures).as("statements that were cut").isNotEmpty().allSatisfy(AuditOutageTest::isUnavailable);
        assertThat(recorded).as("statements that were not").isNotEmpty();
        assertThat(stored(recorded)).isEqualTo(recorded.size());
        assertThat(append(UUID.randomUUID())).as("afterwards").isEqualTo(KeyEpochs.NONE);
        assertIntact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection limit 0", "nologin"})
    void refusesWhilePostgresIsAwayAndGoesOnWhenItIsBack(String away) {
        append(UUID.randomUUID());
        Sql.execute("alter role vault_app " + away);
        Sql.execute(TERMINATE);

        for (int i = 0; i < 3; i++) {
            isUnavailable(failureOf(UUID.randomUUID()));
        }

        letTheVaultIn();
        assertThat(append(UUID.randomUUID())).isEqualTo(KeyEpochs.NONE);
        assertIntact();
    }

    @Test
    void endsTheWaitWhenTheDatabaseHangsAndTurnsAwayWhatComesOnTop() throws Exception {
        append(UUID.randomUUID());
        var waiting = new ArrayList<CompletableFuture<KeyEpochs>>();
        try (var holder = PostgresResource.superuser();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table vault.audit_records in access exclusive mode");
            waiting.add(trail.append(Events.some(1)).subscribeAsCompletionStage());
            Thread.sleep(200);
            for (int i = 0; i < WaitingLine.MOST_EVENTS / 500; i++) {
                waiting.add(trail.append(Events.some(500)).subscribeAsCompletionStage());
            }
            var started = System.nanoTime();
            isUnavailable(failureOf(UUID.randomUUID()));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));

            for (var caller : waiting) {
                assertThat(caller.handle((_, failure) -> failure).get(8, TimeUnit.SECONDS))
                        .satisfies(AuditOutageTest::isUnavailable);
            }
            holder.rollback();
        }

        assertThat(append(UUID.randomUUID())).isEqualTo(KeyEpochs.NONE);
        assertIntact();
    }

    private void callUntil(long until, Queue<UUID> recorded, Queue<Throwable> failures) {
        while (System.nanoTime() < until) {
            var user = UUID.randomUUID();
            try {
                append(user);
                recorded.add(user);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
    }

    private static int stored(Queue<UUID> users) throws Exception {
        try (var connection = PostgresResource.superuser();
                var count = connection.prepareStatement(
                        "select count(distinct user_id) from vault.audit_records where user_id = any (?)")) {
            count.setArray(1, connection.createArrayOf("uuid", users.toArray()));
            var row = count.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private Throwable failureOf(UUID user) {
        return trail.append(List.of(Events.of(user)))
                .map(_ -> (Throwable) new AssertionError("was recorded"))
                .onFailure()
                .recoverWithItem(failure -> failure)
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static void isUnavailable(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(VaultProblem.VAULT_UNAVAILABLE));
    }

    private void assertIntact() {
        var verified = verification.verify(List.of(), Optional.empty()).await().atMost(Duration.ofMinutes(1));
        assertThat(verified.findings()).isEmpty();
    }

    private KeyEpochs append(UUID user) {
        return trail.append(List.of(Events.of(user))).await().atMost(Duration.ofSeconds(10));
    }
}
