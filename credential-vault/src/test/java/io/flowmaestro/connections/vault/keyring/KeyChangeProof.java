package io.flowmaestro.connections.vault.keyring;

import static io.flowmaestro.connections.vault.transit.Calls.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.audit.AuditKeyUpkeep;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A change of the key encryption key, its work done by two replicas at once. 30 users a round, and 250 at least. */
@QuarkusTest
@TestProfile(KeyChangeProof.WithTwoKeys.class)
class KeyChangeProof extends VaultTest {

    /** Both keys are here, and nothing works by itself: the proof says what happens when. */
    public static class WithTwoKeys implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ENCRYPTION_KEY_NEXT",
                    Base64.getEncoder().encodeToString(Random.randBytes(32)),
                    "quarkus.scheduler.enabled",
                    "false");
        }
    }

    private record Sealed(RecordContext context, byte[] plaintext, Envelope envelope) {}

    @Inject
    KeyGate gate;

    @Inject
    DataKeys keys;

    @Inject
    DueWrappings due;

    @Inject
    Pool pool;

    @ConfigProperty(name = "ENCRYPTION_KEY")
    String current;

    @ConfigProperty(name = "ENCRYPTION_KEY_NEXT")
    String waiting;

    private final List<Sealed> records = new ArrayList<>();

    @Test
    void wrapsEveryKeyOnceAndRetiresTheFormerOnlyWhenNothingIsLeftBehind() throws Exception {
        var proof = Proof.of("vault.key-change");
        var key = Base64.getDecoder().decode(current);
        var next = Base64.getDecoder().decode(waiting);
        var secondGate = Gates.onDatabase(pool, key, Optional.of(next), List.of());
        secondGate.refresh().await().indefinitely();
        sealRecords(proof.times(3_000, 250));
        var altered = records.getFirst().envelope().key();
        alter(altered);
        asAdmin().post("/internal/keys/rotate").then().statusCode(200);
        secondGate.refresh().await().indefinitely();

        var first = new CountedKeys(keys);
        var second = new CountedKeys(keys);
        var upkeeps = List.of(
                new WrappingUpkeep(gate, due, first, new Rounds()),
                new WrappingUpkeep(secondGate, due, second, new Rounds()));
        AuditKeyUpkeep.run();
        List<String> warnings;
        int unopened;
        try (var log = new CapturedLog(WrappingUpkeep.class)) {
            unopened = runUntilLeft(upkeeps, 1, altered);
            together(upkeeps);
            warnings = log.messages();
        }
        var blocked = states();
        alter(altered);
        runUntilLeft(upkeeps, 0, altered);
        together(upkeeps);
        var wrapped = Stream.concat(first.rewrapped.stream(), second.rewrapped.stream())
                .toList();
        var alone = Gates.onDatabase(pool, next, Optional.empty(), List.of());
        var lost = unopened(alone, records, Optional.empty());
        proof.figure("data_keys", records.size())
                .figure("by_first_replica", first.rewrapped.size())
                .figure("by_second_replica", second.rewrapped.size())
                .figure("wrapped_twice", wrapped.size() - new HashSet<>(wrapped).size())
                .figure("unopened_meanwhile", unopened)
                .figure("lost", lost)
                .print();

        assertThat(warnings).anyMatch(line -> line.contains(altered.keyId().toString()));
        assertThat(blocked).as("an altered key keeps the former").containsOnlyKeys("decrypt-only", "primary");
        assertThat(wrapped).hasSize(records.size()).doesNotHaveDuplicates();
        assertThat(first.rewrapped).isNotEmpty();
        assertThat(second.rewrapped).isNotEmpty();
        assertThat(unopened).isZero();
        assertThat(lost).isZero();
        assertThat(states()).containsOnlyKeys("retired", "primary");
        assertThatThrownBy(() -> Gates.onDatabase(pool, key, Optional.empty(), List.of())
                        .verified()
                        .await()
                        .indefinitely())
                .as("the former key alone")
                .isInstanceOf(ProblemException.class);
    }

    /** Half of the users have two versions of their key, and the earlier is still needed. */
    private void sealRecords(int users) {
        var ring = Rings.of(gate, keys);
        for (int i = 0; i < users; i++) {
            var scope = new KeyScope(UUID.randomUUID());
            records.add(seal(ring, scope));
            if (i % 2 == 0) {
                ring.rotate(scope).await().indefinitely();
                records.add(seal(ring, scope));
            }
        }
    }

    private static Sealed seal(KeyRing ring, KeyScope scope) {
        var context = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var plaintext = ("secret of " + scope.user()).getBytes(StandardCharsets.UTF_8);
        return new Sealed(
                context, plaintext, ring.toSeal(scope, 1).await().indefinitely().seal(context, plaintext));
    }

    /** Rounds of both replicas at once until so many keys are left; gives how many records did not open meanwhile. */
    private int runUntilLeft(List<WrappingUpkeep> upkeeps, int left, KeyVersion altered) throws SQLException {
        int unopened = 0;
        for (int rounds = 0; rounds < 100 && awaiting() > left; rounds++) {
            together(upkeeps);
            unopened += unopened(gate, tenth(rounds), Optional.of(altered));
        }
        assertThat(awaiting()).isEqualTo(left);
        return unopened;
    }

    private static void together(List<WrappingUpkeep> upkeeps) {
        CompletableFuture.allOf(upkeeps.stream()
                        .map(upkeep -> upkeep.run().subscribeAsCompletionStage())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Every tenth record, another part each time. */
    private List<Sealed> tenth(int part) {
        return IntStream.range(0, records.size())
                .filter(i -> i % 10 == part % 10)
                .mapToObj(records::get)
                .toList();
    }

    /** By a replica that has no key in memory. */
    private int unopened(KeyGate replica, List<Sealed> some, Optional<KeyVersion> butFor) {
        var ring = Rings.of(replica, keys);
        return Math.toIntExact(some.stream()
                .filter(record -> !Optional.of(record.envelope().key()).equals(butFor))
                .filter(record -> !opens(ring, record))
                .count());
    }

    private static boolean opens(KeyRing ring, Sealed record) {
        try {
            var key = ring.toOpen(record.context().scope(), record.envelope().key())
                    .await()
                    .indefinitely();
            return new String(key.open(record.context(), record.envelope()), StandardCharsets.UTF_8)
                    .equals(new String(record.plaintext(), StandardCharsets.UTF_8));
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** Once to break the stored key, once more to restore it; whoever has it in hand has it no more. */
    private static void alter(KeyVersion version) throws SQLException {
        try (var database = PostgresResource.superuser();
                var update = database.prepareStatement(
                        "update vault.data_keys set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1),"
                                + " rewrap_claimed_until = null where key_id = ? and key_version = ?")) {
            update.setObject(1, version.keyId());
            update.setInt(2, version.version());
            assertThat(update.executeUpdate()).isOne();
        }
    }

    private static int awaiting() throws SQLException {
        return Math.toIntExact(numbers(
                        "select 'awaiting', count(*) from vault.data_keys d join vault.key_encryption_keys k using (kek_id)"
                                + " where k.state <> 'primary'")
                .get("awaiting"));
    }

    private static Map<String, Long> states() throws SQLException {
        return numbers("select state, count(*) from vault.key_encryption_keys group by state");
    }

    private static Map<String, Long> numbers(String query) throws SQLException {
        try (var database = PostgresResource.superuser();
                var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new HashMap<String, Long>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getLong(2));
            }
            return found;
        }
    }
}
