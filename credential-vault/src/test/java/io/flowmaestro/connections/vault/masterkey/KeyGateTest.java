package io.flowmaestro.connections.vault.masterkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyGateTest {

    private final byte[] key = Random.randBytes(32);
    private final byte[] next = Random.randBytes(32);
    private final EnrolledKeysInMemory database = new EnrolledKeysInMemory();
    private final Exits exits = new Exits();

    @Test
    void enrolsTheFirstKeyAndOpensForItEverAfter() {
        var first = opened(gate(key));
        var restarted = opened(gate(key));

        assertThat(restarted.primary().id()).isEqualTo(first.primary().id());
        assertThat(first.retiring()).isEmpty();
        assertThat(exits.happened).isFalse();
    }

    @Test
    void endsTheProcessWhenTheKeyWasChanged() {
        opened(gate(key));
        var changed = gate(next);

        assertShut(changed);
        assertThat(exits.happened).isTrue();
        assertShut(changed);
        assertThat(readiness(changed)).isEqualTo(Status.DOWN);
        assertThat(database.rows).as("it changes nothing").hasSize(1);
    }

    @Test
    void saysWhatToDoWhenTheKeyWasChanged() {
        opened(gate(key));
        var configured = new ConfiguredKeys(Gates.local(next), Optional.empty());
        var outcome = new KeyCheck(configured, database, new KeyProofs(configured))
                .run()
                .await()
                .indefinitely();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        KeyCheckOutcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("ENCRYPTION_KEY is not the key", "Start again with the former key")
                                .contains("ENCRYPTION_KEY_NEXT")
                                .contains(database.rows.getFirst().kekId().toString()));
    }

    @Test
    void refusesACheckValueThatWasMovedFromAnotherKeysRow() {
        opened(gate(key));
        var row = database.rows.getFirst();
        database.rows.set(
                0,
                new EnrolledKey(
                        UUID.randomUUID(),
                        row.provider(),
                        row.state(),
                        row.checkValue(),
                        row.enrolledAt(),
                        row.promotedAt()));

        assertShut(gate(key));
        assertThat(exits.happened).isTrue();
    }

    @Test
    void refusesAKeyThatIsEnrolledForAnotherProvider() {
        opened(gate(key));
        database.change(
                database.rows.getFirst().kekId(),
                row -> new EnrolledKey(
                        row.kekId(), "aws-kms", row.state(), row.checkValue(), row.enrolledAt(), row.promotedAt()));

        assertShut(gate(key));
        assertThat(exits.happened).isTrue();
    }

    @Test
    void waitsUnreadyForADatabaseThatIsAway() {
        var gate = gate(key);
        database.away = true;

        assertShut(gate);
        assertThat(readiness(gate)).isEqualTo(Status.DOWN);
        assertThat(exits.happened).isFalse();

        database.away = false;
        opened(gate);
        assertThat(readiness(gate)).isEqualTo(Status.UP);
    }

    /** The scheduler alone would let it wait for up to a second. */
    @Test
    void opensByItselfAsSoonAsTheServiceStarts() {
        var gate = gate(key);

        new KeyCheckSchedule(gate, new Rounds()).begin(new StartupEvent());

        assertThat(readiness(gate)).isEqualTo(Status.UP);
    }

    @Test
    void staysOpenWhenTheDatabaseGoesAwayLater() {
        var gate = gate(key);
        opened(gate);
        database.away = true;

        assertThatThrownBy(() -> gate.refresh().await().indefinitely()).isInstanceOf(ProblemException.class);
        assertThat(readiness(gate)).isEqualTo(Status.UP);
    }

    @Test
    void openOnceHoweverManyAskAtOnce() {
        var gate = gate(key);
        var all = IntStream.range(0, 50).mapToObj(i -> gate.verified()).toList();
        database.slow = true;
        all.forEach(asked -> asked.subscribe().with(keys -> {}, failure -> {}));

        assertThat(database.asked).isEqualTo(1);
    }

    @Nested
    class AKeyThatCannotTell {

        private final RuntimeException away = new RuntimeException("the key management service is away");

        @Test
        void doesNotStandInTheWayOfTheOneThatOpens() {
            opened(gate(key));
            assertThat(new KeyProofs(new ConfiguredKeys(Gates.local(key), Optional.of(silent())))
                            .holder(database.rows.getFirst())
                            .await()
                            .indefinitely())
                    .isPresent();
        }

        @Test
        void isWaitedForWhenNoOtherOpens() {
            opened(gate(key));
            var proofs = new KeyProofs(new ConfiguredKeys(Gates.local(next), Optional.of(silent())));
            var row = database.rows.getFirst();

            assertThatThrownBy(() -> proofs.holder(row).await().indefinitely()).isSameAs(away);

            database.retire(row.kekId());
            assertThat(proofs.holder(database.rows.getFirst()).await().indefinitely())
                    .as("nothing depends on a retired key")
                    .isEmpty();
        }

        private ConfiguredKey silent() {
            return new ConfiguredKey(ConfiguredKey.LOCAL, new KeyEncryptionKey() {
                @Override
                public Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData) {
                    return Uni.createFrom().failure(away);
                }

                @Override
                public Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData) {
                    return Uni.createFrom().failure(away);
                }
            });
        }
    }

    @Nested
    class AChangeOfKeys {

        @Test
        void enrolsTheNextKeyOnceHoweverManyReplicasBringIt() {
            var one = opened(both());
            var other = opened(both());

            assertThat(one.held()).hasSize(2).containsOnlyKeys(other.held().keySet());
            assertThat(one.primary().id()).isNotEqualTo(database.waiting());
        }

        @Test
        void leavesAReplicaWithoutTheNextKeyReadyUntilItIsPromoted() {
            var late = gate(key);
            opened(late);
            opened(both());
            opened(late);
            assertThat(readiness(late)).isEqualTo(Status.UP);

            database.promote(database.waiting());

            assertRefreshFails(late);
            assertShut(late);
            assertThat(readiness(late)).isEqualTo(Status.DOWN);
            assertThat(exits.happened)
                    .as("it waits for its new key, and gives no wrong answer")
                    .isFalse();
        }

        @Test
        void isSeenByARunningReplicaThatHoldsBoth() {
            var gate = both();
            var before = opened(gate);
            database.promote(database.waiting());

            var after = gate.refresh().await().indefinitely();

            assertThat(after.primary().id()).isNotEqualTo(before.primary().id());
            assertThat(after.retiring()).containsExactly(before.primary().id());
            assertThat(after.find(before.primary().id())).as("it still unwraps").isPresent();
        }

        @Test
        void opensForTheNewKeyAloneOnceTheFormerIsRetired() {
            var former = opened(both()).primary().id();
            database.promote(database.waiting());
            var alone = gate(next);
            assertShut(alone);
            assertThat(readiness(alone)).isEqualTo(Status.DOWN);

            database.retire(former);

            assertThat(alone.refresh().await().indefinitely().held()).hasSize(1);
            assertThat(readiness(alone)).isEqualTo(Status.UP);
        }

        @Test
        void takesTheFormerKeyAsNextSoThatNothingIsLostHalfWay() {
            var former = opened(both()).primary().id();
            database.promote(database.waiting());

            var swapped = opened(Gates.gate(database, next, Optional.of(key), exits));

            assertThat(swapped.retiring()).containsExactly(former);
            assertThat(database.rows).hasSize(2);
        }

        @Test
        void tellsAReplicaThatStartsWithTheRetiredKeyWhatItLacks() {
            var former = opened(both()).primary().id();
            database.promote(database.waiting());
            database.retire(former);

            var late = gate(key);

            assertShut(late);
            assertThat(late.state())
                    .isInstanceOfSatisfying(
                            GateState.Behind.class,
                            behind -> assertThat(behind.reason())
                                    .contains("does not hold the primary key")
                                    .contains("ENCRYPTION_KEY_NEXT"));
            assertThat(exits.happened).isFalse();
        }

        @Test
        void keepsTheWaitingKeyWhenAReplicaBringsYetAnother() {
            opened(both());
            var waiting = database.waiting();

            var other = opened(Gates.gate(database, key, Optional.of(Random.randBytes(32)), exits));

            assertThat(database.waiting()).isEqualTo(waiting);
            assertThat(other.held()).hasSize(1);
        }

        @Test
        void servesABackupOfBeforeWithThePresentKeyBesideItsOwn() {
            opened(gate(key));

            var restored = opened(Gates.gate(database, next, Optional.of(key), exits));

            assertThat(restored.primary().id())
                    .isEqualTo(database.rows.getFirst().kekId());
            assertThat(database.waiting())
                    .as("the present key waits to be primary again")
                    .isNotNull();
            assertThat(exits.happened).isFalse();
        }

        @Test
        void neverTakesARetiredKeyAsTheNextOne() {
            var former = opened(both()).primary().id();
            database.promote(database.waiting());
            database.retire(former);

            opened(Gates.gate(database, next, Optional.of(key), exits));

            assertThat(database.rows).hasSize(2).noneMatch(row -> row.state() == KeyState.DECRYPT_ONLY);
        }

        private KeyGate both() {
            return Gates.gate(database, key, Optional.of(next), exits);
        }
    }

    private KeyGate gate(byte[] bytes) {
        return Gates.gate(database, bytes, Optional.empty(), exits);
    }

    private static VerifiedKeys opened(KeyGate gate) {
        return gate.verified().await().indefinitely();
    }

    private static void assertShut(KeyGate gate) {
        assertThatThrownBy(() -> gate.verified().await().indefinitely())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code().status()).isEqualTo(503));
    }

    private static void assertRefreshFails(KeyGate gate) {
        assertThatThrownBy(() -> gate.refresh().await().indefinitely()).isInstanceOf(ProblemException.class);
    }

    private static Status readiness(KeyGate gate) {
        return new KeyCheckReadiness(gate).call().getStatus();
    }

    private static final class Exits extends Termination {
        private boolean happened;

        @Override
        void exit() {
            happened = true;
        }
    }
}
