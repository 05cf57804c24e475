package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrappingUpkeepTest {

    private final byte[] former = Random.randBytes(32);
    private final byte[] next = Random.randBytes(32);
    private final Gates gates = new Gates();
    private final KeyGate gate = gates.holding(former, next);
    private final DataKeysInMemory table = new DataKeysInMemory();
    private final Claims claims = new Claims();
    private final WrappingUpkeep upkeep = new WrappingUpkeep(gate, claims, table, new Rounds());

    @BeforeEach
    void someUsersHaveKeys() {
        var keks = verified();
        IntStream.range(0, 20).forEach(i -> add(keks));
    }

    @Test
    void doesNothingWhileNoKeyIsRetiring() {
        run();
        assertThat(claims.asked).isZero();
    }

    @Test
    void wrapsEveryDataKeyByTheNewKeyAndThenRetiresTheFormer() {
        var before = List.copyOf(table.rows.values());
        promote();

        run();
        assertThat(table.rows.values())
                .hasSize(20)
                .allSatisfy(row ->
                        assertThat(row.kekId()).isEqualTo(verified().primary().id()));
        assertThat(claims.retired).isEmpty();

        run();
        assertThat(claims.retired).containsExactly(before.getFirst().kekId());
    }

    @Test
    void changesNoKey() {
        var stored = table.rows.values().iterator().next();
        var key = KeyWrapping.unwrap(verified(), new StoredDataKey(stored, 1))
                .await()
                .indefinitely();
        promote();
        run();

        var context = new RecordContext(stored.scope(), UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var rewrapped = KeyWrapping.unwrap(verified(), new StoredDataKey(table.rows.get(stored.version()), 1))
                .await()
                .indefinitely();
        assertThat(rewrapped.open(context, key.seal(context, new byte[] {42}))).containsExactly(42);
    }

    @Test
    void goesOnBesideAKeyThatWasAlteredAndNeverRetiresItsWrapping() {
        var altered = table.rows.keySet().iterator().next();
        table.change(
                altered,
                row -> new WrappedDataKey(row.scope(), row.version(), row.kekId(), Bytes.copyFrom(new byte[60])));
        promote();

        run();

        assertThat(table.rows.values().stream()
                        .filter(row -> row.kekId().equals(verified().primary().id())))
                .hasSize(19);
        run();
        assertThat(claims.retired).isEmpty();
    }

    @Test
    void leavesAKeyAloneThatIsGoneMeanwhile() {
        promote();
        claims.claimNext =
                List.of(new DueWrappings.Due(new KeyScope(UUID.randomUUID()), new KeyVersion(UUID.randomUUID(), 1)));
        run();
        assertThat(table.rows).hasSize(20);
    }

    @Test
    void claimsABoundedNumberAtATime() {
        promote();
        run();
        assertThat(claims.limit).isEqualTo(200);
    }

    private void promote() {
        gates.promote();
        gate.refresh().await().indefinitely();
    }

    private VerifiedKeys verified() {
        return gate.verified().await().indefinitely();
    }

    private void run() {
        upkeep.run().await().indefinitely();
    }

    private void add(VerifiedKeys keks) {
        KeyWrapping.fresh(keks.primary(), new KeyScope(UUID.randomUUID()), new KeyVersion(UUID.randomUUID(), 1))
                .chain(table::add)
                .await()
                .indefinitely();
    }

    /** The claims as the database gives them: what is still wrapped by a former key. */
    private final class Claims implements DueWrappings {

        private final List<UUID> retired = new ArrayList<>();
        private int asked;
        private int limit;
        private List<Due> claimNext = List.of();

        @Override
        public Uni<List<Due>> claim(Set<UUID> retiring, int limit) {
            asked++;
            this.limit = limit;
            return Uni.createFrom()
                    .item(
                            claimNext.isEmpty()
                                    ? table.rows.values().stream()
                                            .filter(row -> retiring.contains(row.kekId()))
                                            .map(row -> new Due(row.scope(), row.version()))
                                            .toList()
                                    : claimNext);
        }

        @Override
        public Uni<List<UUID>> retire(Set<UUID> retiring) {
            retired.addAll(retiring);
            return Uni.createFrom().item(List.copyOf(retiring));
        }
    }
}
