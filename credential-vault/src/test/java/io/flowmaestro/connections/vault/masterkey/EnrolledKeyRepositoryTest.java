package io.flowmaestro.connections.vault.masterkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The keys in the database of a vault that runs. */
@QuarkusTest
class EnrolledKeyRepositoryTest extends VaultTest {

    @Inject
    KeyGate gate;

    @Inject
    ConfiguredKeys configured;

    @Inject
    EnrolledKeys enrolledKeys;

    @Inject
    Replicas replicas;

    @Inject
    KeyPromotion promotion;

    @Inject
    Scheduler scheduler;

    @BeforeEach
    void aVaultHasStartedHere() {
        scheduler.pause("key-check");
        soon(gate.verified());
    }

    /** The vault that runs here must find its own key primary again. */
    @AfterEach
    void asBefore() throws SQLException {
        var own = soon(gate.verified()).primary().id();
        execute("delete from vault.replicas");
        execute("update vault.key_encryption_keys set state = 'retired' where kek_id <> '" + own + "'");
        execute("update vault.key_encryption_keys set state = 'primary' where kek_id = '" + own + "'");
        soon(gate.refresh());
        scheduler.resume("key-check");
    }

    @Test
    void acceptsARestartWithTheSameKey() {
        assertThat(check(configured)).isInstanceOf(KeyCheckOutcome.Accepted.class);
    }

    @Test
    void refusesARestartWithAnotherKeyAndChangesNothing() {
        var before = soon(enrolledKeys.all());

        assertThat(check(alone(Random.randBytes(32)))).isInstanceOf(KeyCheckOutcome.Refused.class);
        assertThat(soon(enrolledKeys.all())).isEqualTo(before).isNotEmpty();
    }

    @Test
    void neverEnrolsASecondPrimaryKey() {
        var before = soon(enrolledKeys.all());

        soon(enrolledKeys.enrolPrimary(UUID.randomUUID(), "local", Bytes.copyFrom(Random.randBytes(60))));

        assertThat(soon(enrolledKeys.all())).isEqualTo(before);
    }

    @Test
    void tellsWhichReplicaHoldsWhat() throws SQLException {
        soon(gate.refresh());
        assertThat(count("select count(*) from vault.replicas where '"
                        + soon(gate.verified()).primary().id() + "' = any (kek_ids)"))
                .isEqualTo(1);
        soon(gate.leave());
        assertThat(count("select count(*) from vault.replicas")).isZero();
    }

    @Nested
    class TheNextKey {

        private final byte[] next = Random.randBytes(32);

        @Test
        void isEnrolledOnceAndWaits() {
            accepted(withNext(next));
            accepted(withNext(next));

            assertThat(waiting()).hasSize(1);
            assertThat(soon(gate.refresh()).primary())
                    .isEqualTo(soon(gate.verified()).primary());
        }

        @Test
        void givesUpAWaitingKeyThatNoLiveReplicaHoldsOnceItIsNotQuiteNew() throws SQLException {
            accepted(withNext(Random.randBytes(32)));
            var abandoned = waiting().getFirst();
            accepted(withNext(next));
            assertThat(waiting()).as("its replica may be about to report").containsExactly(abandoned);
            execute("update vault.key_encryption_keys set created_at = now() - interval '16 s' where kek_id = '"
                    + abandoned + "'");

            accepted(withNext(next));

            assertThat(waiting()).hasSize(1).doesNotContain(abandoned);
        }

        @Test
        void keepsAWaitingKeyThatALiveReplicaHolds() throws SQLException {
            accepted(withNext(Random.randBytes(32)));
            var held = waiting().getFirst();
            soon(replicas.report(UUID.randomUUID(), Set.of(held)));
            execute("update vault.key_encryption_keys set created_at = now() - interval '16 s' where kek_id = '" + held
                    + "'");

            accepted(withNext(next));

            assertThat(waiting()).containsExactly(held);
        }

        @Test
        void becomesPrimaryOnlyOnceEveryLiveReplicaHoldsIt() {
            accepted(withNext(next));
            var former = soon(gate.verified()).primary().id();
            var key = waiting().getFirst();
            var late = UUID.randomUUID();
            soon(replicas.report(late, Set.of(former)));
            soon(gate.leave());

            assertThat(soon(promotion.promote())).isEqualTo(new PromotionOutcome.NotEverywhere(key, List.of(late)));

            soon(replicas.report(late, Set.of(former, key)));
            assertThat(soon(promotion.promote())).isEqualTo(new PromotionOutcome.Promoted(former, key));
            assertThat(accepted(withNext(next)).retiring()).containsExactly(former);
        }

        @Test
        void doesNotWaitForAReplicaThatIsGoneButForOneThatHoldsIt() throws SQLException {
            accepted(withNext(next));
            var key = waiting().getFirst();
            soon(replicas.report(UUID.randomUUID(), Set.of()));
            soon(gate.leave());
            execute("update vault.replicas set seen_at = now() - interval '16 s'");
            assertThat(soon(promotion.promote())).isEqualTo(new PromotionOutcome.NotEverywhere(key, List.of()));

            soon(replicas.report(UUID.randomUUID(), Set.of(key)));
            assertThat(soon(promotion.promote())).isInstanceOf(PromotionOutcome.Promoted.class);
        }

        @Test
        void isMissedWhenThereIsNone() {
            assertThat(soon(promotion.promote())).isInstanceOf(PromotionOutcome.NothingWaits.class);
        }
    }

    private List<UUID> waiting() {
        return soon(enrolledKeys.all()).stream()
                .filter(row ->
                        row.state() == KeyState.DECRYPT_ONLY && row.promotedAt().isEmpty())
                .map(EnrolledKey::kekId)
                .toList();
    }

    private VerifiedKeys accepted(ConfiguredKeys keys) {
        return ((KeyCheckOutcome.Accepted) check(keys)).keys();
    }

    private KeyCheckOutcome check(ConfiguredKeys keys) {
        return soon(new KeyCheck(keys, enrolledKeys, new KeyProofs(keys)).run());
    }

    private ConfiguredKeys withNext(byte[] next) {
        return new ConfiguredKeys(configured.current(), Optional.of(Gates.local(next)));
    }

    private static ConfiguredKeys alone(byte[] key) {
        return new ConfiguredKeys(Gates.local(key), Optional.empty());
    }

    private static void execute(String statement) throws SQLException {
        try (var database = PostgresResource.superuser();
                var update = database.createStatement()) {
            update.execute(statement);
        }
    }

    private static long count(String query) throws SQLException {
        try (var database = PostgresResource.superuser();
                var statement = database.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static <T> T soon(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }
}
