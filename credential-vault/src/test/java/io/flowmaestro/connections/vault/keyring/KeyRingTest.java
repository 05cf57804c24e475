package io.flowmaestro.connections.vault.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final byte[] PLAINTEXT = "secret".getBytes(UTF_8);

    private final byte[] kek = Random.randBytes(32);
    private final Gates gates = new Gates();
    private final DataKeysInMemory table = new DataKeysInMemory();
    private final List<KeyVersion> rotations = new ArrayList<>();
    private final KeyScope alice = new KeyScope(UUID.randomUUID());
    private final KeyScope bob = new KeyScope(UUID.randomUUID());

    @Nested
    class ToSeal {

        @Test
        void makesAScopesKeyOnceAndFindsItAgainAfterARestart() {
            var first = toSeal(ring(), alice);
            var again = toSeal(ring(), alice);

            assertThat(again.version()).isEqualTo(first.version());
            assertThat(table.rows).hasSize(1);
        }

        @Test
        void givesEveryScopeAKeyOfItsOwn() {
            assertThat(toSeal(ring(), alice).version())
                    .isNotEqualTo(toSeal(ring(), bob).version());
        }

        @Test
        void readsAKeyFromTheDatabaseOnlyOnceWhileItIsCached() {
            var ring = ring();
            toSeal(ring, alice);
            var before = table.reads;
            for (int i = 0; i < 5; i++) {
                toSeal(ring, alice);
            }
            assertThat(table.reads).isEqualTo(before);
        }

        @Test
        void fetchesAForgottenKeyAnew() {
            var ring = ring();
            var key = toSeal(ring, alice);
            toOpen(ring, alice, key.version());
            var before = table.reads;

            ring.forget(key);
            toSeal(ring, alice);
            toOpen(ring, alice, key.version());

            assertThat(table.reads).isEqualTo(before + 2);
        }

        @Test
        void usesTheKeyOfTheReplicaThatWasFaster() {
            var context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);
            var winner = toSeal(ring(), alice);
            var loser = toSeal(ring(), alice);

            assertThat(loser.open(context, winner.seal(context, PLAINTEXT))).isEqualTo(PLAINTEXT);
        }

        @Test
        void refusesAKeyThatWasAltered() {
            table.change(toSeal(ring(), alice).version(), stored -> {
                var bytes = stored.wrapped().toByteArray();
                bytes[20] ^= 1;
                return new WrappedDataKey(stored.scope(), stored.version(), stored.kekId(), Bytes.copyFrom(bytes));
            });
            assertUnusable(alice);
        }

        @Test
        void refusesAKeyThatWasMovedToAnotherUsersRow() {
            table.change(
                    toSeal(ring(), alice).version(),
                    stored -> new WrappedDataKey(bob, stored.version(), stored.kekId(), stored.wrapped()));
            assertUnusable(bob);
        }

        @Test
        void refusesAKeyWhoseVersionWasRelabelled() {
            table.change(
                    toSeal(ring(), alice).version(),
                    stored -> new WrappedDataKey(
                            alice, new KeyVersion(stored.version().keyId(), 2), stored.kekId(), stored.wrapped()));
            assertUnusable(alice);
        }

        @Test
        void waitsForAReplicaThatHoldsTheKekAndCallsNothingForged() {
            table.change(
                    toSeal(ring(), alice).version(),
                    stored -> new WrappedDataKey(alice, stored.version(), UUID.randomUUID(), stored.wrapped()));
            assertThatThrownBy(() -> toSeal(ring(), alice))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code().status()).isEqualTo(503));
        }

        private void assertUnusable(KeyScope scope) {
            assertThatThrownBy(() -> toSeal(ring(), scope)).isInstanceOf(UnusableDataKey.class);
        }
    }

    @Nested
    class TheMessageBound {

        @Test
        void isReservedInRangesAndNotForEveryMessage() {
            var ring = ring(1_000, 100);
            for (int i = 0; i < 100; i++) {
                toSeal(ring, alice);
            }
            assertThat(table.reservations).isEqualTo(1);
            toSeal(ring, alice);
            assertThat(table.reservations).isEqualTo(2);
        }

        @Test
        void rotatesTheKeyOnceItIsSpentAndPutsThatOnRecord() {
            var ring = ring(10, 4);
            var first = toSeal(ring, alice).version();
            for (int i = 1; i < 10; i++) {
                assertThat(toSeal(ring, alice).version()).as("message %d", i).isEqualTo(first);
            }

            var next = toSeal(ring, alice).version();

            assertThat(next).isEqualTo(new KeyVersion(first.keyId(), 2));
            assertThat(table.reserved.get(first)).isEqualTo(10);
            assertThat(rotations).containsExactly(next);
        }

        @Test
        void holdsForABatchThatNeedsMoreThanIsLeft() {
            var ring = ring(10, 4);
            var first = ring.toSeal(alice, 8).await().indefinitely().version();

            assertThat(ring.toSeal(alice, 8).await().indefinitely().version().version())
                    .isEqualTo(2);
            assertThat(table.reserved.get(first)).isLessThanOrEqualTo(10);
        }

        @Test
        void countsWhatAnEndedReplicaHadReservedAsUsed() {
            toSeal(ring(10, 4), alice);
            toSeal(ring(10, 4), alice);

            assertThat(table.reserved.values()).containsExactly(8L);
        }

        @Test
        void saysSoWhenABatchIsLargerThanTheBound() {
            assertThatThrownBy(() -> ring(5, 2).toSeal(alice, 6).await().indefinitely())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bound");
        }
    }

    @Nested
    class ToOpen {

        @Test
        void findsTheKeyThatSealed() {
            var version = toSeal(ring(), alice).version();

            assertThat(toOpen(ring(), alice, version).version()).isEqualTo(version);
        }

        @Test
        void refusesAnUnknownKey() {
            assertThatThrownBy(() -> toOpen(ring(), alice, new KeyVersion(UUID.randomUUID(), 1)))
                    .isInstanceOf(DecryptionFailed.class);
        }

        @Test
        void refusesAnotherScopesKeyEvenWhileItIsCached() {
            var ring = ring();
            var version = toSeal(ring, alice).version();

            assertThatThrownBy(() -> toOpen(ring, bob, version)).isInstanceOf(DecryptionFailed.class);
        }

        @Test
        void refusesAVersionBelowTheMinimum() {
            var ring = ring();
            var version = toSeal(ring, alice).version();
            ring.rotate(alice).await().indefinitely();
            table.withdrawBelow(2);

            assertThatThrownBy(() -> toOpen(ring, alice, version)).isInstanceOf(DecryptionFailed.class);
        }
    }

    @Nested
    class Rotate {

        @Test
        void makesTheNextVersionAndKeepsTheFormerForOpening() {
            var ring = ring();
            var first = toSeal(ring, alice);
            var next = ring.rotate(alice).await().indefinitely();
            ring.forget(first);

            assertThat(next).contains(new KeyVersion(first.version().keyId(), 2));
            assertThat(toSeal(ring, alice).version()).isEqualTo(next.orElseThrow());
            assertThat(toOpen(ring, alice, first.version()).version()).isEqualTo(first.version());
        }

        @Test
        void holdsForTheNextRecordOnThisReplicaAtOnce() {
            var ring = ring();
            toSeal(ring, alice);
            ring.rotate(alice).await().indefinitely();

            assertThat(toSeal(ring, alice).version().version()).isEqualTo(2);
        }

        @Test
        void changesTheEpochSoThatKeysInMemoryAreKnownToBeOld() {
            var ring = ring();
            var before = toSeal(ring, alice);
            ring.rotate(alice).await().indefinitely();
            ring.forget(before);

            assertThat(toSeal(ring, alice).epoch()).isNotEqualTo(before.epoch());
        }

        @Test
        void findsNothingToRotateForAScopeWithoutAKey() {
            assertThat(ring().rotate(alice).await().indefinitely()).isEmpty();
        }
    }

    @Nested
    class AChangeOfTheKek {

        private final byte[] next = Random.randBytes(32);

        @Test
        void wrapsNewKeysByTheNewPrimaryAndStillUnwrapsTheOld() {
            var gate = gates.holding(kek, next);
            var version = toSeal(ring(gate), alice).version();
            gates.promote();
            gate.refresh().await().indefinitely();

            var bobs = toSeal(ring(gate), bob).version();

            assertThat(table.rows.get(bobs).kekId())
                    .isNotEqualTo(table.rows.get(version).kekId());
            assertThat(toOpen(ring(gate), alice, version).version()).isEqualTo(version);
        }

        @Test
        void triesAgainWhenTheKekCeasedToBePrimaryInBetween() {
            var gate = gates.holding(kek, next);
            var former = gate.verified().await().indefinitely().primary().id();
            var ring = ring(gate);
            gates.promote();
            table.notPrimary = former;

            assertThat(table.rows.get(toSeal(ring, alice).version()).kekId()).isNotEqualTo(former);
            assertThat(ring.rotate(alice).await().indefinitely()).isPresent();
        }

        @Test
        void rewrapsAKeyWithoutChangingIt() {
            var gate = gates.holding(kek, next);
            var context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);
            var key = toSeal(ring(gate), alice);
            var envelope = key.seal(context, PLAINTEXT);
            var stored = table.rows.get(key.version());
            gates.promote();

            var rewrapped = gate.refresh()
                    .chain(keks -> KeyWrapping.rewrap(keks, stored))
                    .chain(fresh -> table.replaceWrapping(fresh, stored.kekId()).replaceWith(fresh))
                    .await()
                    .indefinitely();

            assertThat(rewrapped.kekId()).isNotEqualTo(stored.kekId());
            assertThat(toOpen(ring(gates.holding(next, kek)), alice, key.version())
                            .open(context, envelope))
                    .isEqualTo(PLAINTEXT);
        }
    }

    private KeyRing ring() {
        return ring(gates.holding(kek));
    }

    private KeyRing ring(KeyGate gate) {
        return ring(gate, new Bound(1 << 30, 4096));
    }

    private KeyRing ring(long maximumMessages, long reservation) {
        return ring(gates.holding(kek), new Bound(maximumMessages, reservation));
    }

    private KeyRing ring(KeyGate gate, Bound bound) {
        return new KeyRing(gate, table, new DataKeyCache(new Limits()), bound, this::rotated);
    }

    private Uni<Void> rotated(KeyScope scope, KeyVersion next) {
        rotations.add(next);
        return Uni.createFrom().voidItem();
    }

    private static DataKey toSeal(KeyRing ring, KeyScope scope) {
        return ring.toSeal(scope, 1).await().indefinitely();
    }

    private static DataKey toOpen(KeyRing ring, KeyScope scope, KeyVersion version) {
        return ring.toOpen(scope, version).await().indefinitely();
    }

    private record Bound(long maximumMessages, long reservation) implements DataKeyConfig {}

    private record Limits() implements DataKeyCacheConfig {

        @Override
        public Duration ttl() {
            return Duration.ofMinutes(5);
        }

        @Override
        public int maximumSize() {
            return 100;
        }
    }
}
