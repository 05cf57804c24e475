package io.flowmaestro.connections.vault.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final byte[] PLAINTEXT = "secret".getBytes(UTF_8);

    private final UUID kekId = UUID.randomUUID();
    private final byte[] kek = Random.randBytes(32);
    private final Table table = new Table();
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
            for (int i = 0; i < 5; i++) {
                toSeal(ring, alice);
            }
            assertThat(table.reads).isEqualTo(1);
        }

        @Test
        void usesTheKeyOfTheReplicaThatWasFaster() {
            table.raced = true;
            var context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);

            var winner = toSeal(ring(), alice);
            var loser = toSeal(ring(), alice);

            assertThat(loser.version()).isEqualTo(winner.version());
            assertThat(loser.open(context, winner.seal(context, PLAINTEXT))).isEqualTo(PLAINTEXT);
        }

        @Test
        void refusesAKeyThatWasAltered() {
            toSeal(ring(), alice);
            table.replace(alice, stored -> {
                var bytes = stored.wrapped().toByteArray();
                bytes[20] ^= 1;
                return new WrappedDataKey(stored.scope(), stored.version(), stored.kekId(), Bytes.copyFrom(bytes));
            });
            assertUnusable(alice);
        }

        @Test
        void refusesAKeyThatWasMovedToAnotherUsersRow() {
            toSeal(ring(), alice);
            var stored = table.rows.get(alice);
            table.rows.put(bob, new WrappedDataKey(bob, stored.version(), stored.kekId(), stored.wrapped()));

            assertUnusable(bob);
        }

        @Test
        void refusesAKeyWhoseVersionWasRelabelled() {
            toSeal(ring(), alice);
            table.replace(
                    alice,
                    stored -> new WrappedDataKey(
                            alice, new KeyVersion(stored.version().keyId(), 2), stored.kekId(), stored.wrapped()));

            assertUnusable(alice);
        }

        @Test
        void refusesAKeyWrappedByAnotherKek() {
            toSeal(ring(), alice);
            table.replace(
                    alice, stored -> new WrappedDataKey(alice, stored.version(), UUID.randomUUID(), stored.wrapped()));

            assertUnusable(alice);
        }

        private void assertUnusable(KeyScope scope) {
            assertThatThrownBy(() -> toSeal(ring(), scope)).isInstanceOf(UnusableDataKey.class);
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
    }

    private KeyRing ring() {
        return new KeyRing(Gates.open(kekId, kek), table, new DataKeyCache(new Limits()));
    }

    private static DataKey toSeal(KeyRing ring, KeyScope scope) {
        return ring.toSeal(scope).await().indefinitely();
    }

    private static DataKey toOpen(KeyRing ring, KeyScope scope, KeyVersion version) {
        return ring.toOpen(scope, version).await().indefinitely();
    }

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

    private static final class Table implements DataKeys {

        private final Map<KeyScope, WrappedDataKey> rows = new LinkedHashMap<>();
        private int reads;
        private boolean raced;

        @Override
        public Uni<Optional<WrappedDataKey>> newest(KeyScope scope) {
            reads++;
            return Uni.createFrom().item(raced ? Optional.empty() : Optional.ofNullable(rows.get(scope)));
        }

        @Override
        public Uni<Optional<WrappedDataKey>> find(KeyScope scope, KeyVersion version) {
            reads++;
            return Uni.createFrom()
                    .item(Optional.ofNullable(rows.get(scope))
                            .filter(row -> row.version().equals(version)));
        }

        @Override
        public Uni<WrappedDataKey> add(WrappedDataKey first) {
            rows.putIfAbsent(first.scope(), first);
            return Uni.createFrom().item(rows.get(first.scope()));
        }

        private void replace(KeyScope scope, UnaryOperator<WrappedDataKey> change) {
            rows.put(scope, change.apply(rows.get(scope)));
        }
    }
}
