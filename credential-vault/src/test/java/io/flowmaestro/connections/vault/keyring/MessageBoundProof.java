package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two replicas seal with one user's key until its bound, over and over. 2,000 messages a round. */
@QuarkusTest
class MessageBoundProof extends VaultTest {

    private static final int MESSAGES_A_ROUND = 2_000;
    private static final int CALLERS_OF_A_REPLICA = 4;
    private static final int LARGEST_BATCH = 5;
    private static final int BOUND = 400;
    private static final int RESERVATION = 10;

    @Inject
    KeyGate gate;

    @Inject
    DataKeys keys;

    @Inject
    RotationLog log;

    private final KeyScope alice = new KeyScope(UUID.randomUUID());
    private final LongAdder askedAgain = new LongAdder();
    private final RecordContext context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);

    @Test
    void noVersionSealsMoreThanTheBoundOnTwoReplicasTogether() throws Exception {
        var proof = Proof.of("vault.message-bound");
        var sealed = sealedByTwoReplicas(proof);
        var byVersion = sealed.stream()
                .collect(Collectors.groupingBy(
                        envelope -> envelope.key().version(), TreeMap::new, Collectors.counting()));
        var most = byVersion.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        var newest = byVersion.lastKey();
        var unopened = unopened(sealed);
        proof.figure("sealed", sealed.size())
                .figure("replicas", 2)
                .figure("versions", newest)
                .figure("bound", BOUND)
                .figure("most_of_a_version", most)
                .figure(
                        "over_the_bound",
                        byVersion.values().stream()
                                .filter(count -> count > BOUND)
                                .count())
                .figure("unopened", unopened)
                .figure("asked_again", askedAgain)
                .print();

        assertThat(most).isLessThanOrEqualTo(BOUND);
        assertThat(newest).as("rotated by itself").isGreaterThanOrEqualTo(sealed.size() / BOUND);
        assertThat(unopened).isZero();
        assertThat(reserved().headMap(newest).values())
                .as("every version before the newest was driven to its end")
                .hasSize(newest - 1)
                .containsOnly((long) BOUND);
        assertThat(onRecord())
                .as("each rotation, whichever replica came upon it")
                .isEqualTo(newest - 1L);
    }

    private Collection<Envelope> sealedByTwoReplicas(Proof proof) throws InterruptedException, ExecutionException {
        var messages = proof.rounds() * MESSAGES_A_ROUND;
        var begun = new AtomicInteger();
        var sealed = new ConcurrentLinkedQueue<Envelope>();
        var random = proof.random();
        var replicas = List.of(replica(), replica());
        try (var callers = Executors.newFixedThreadPool(2 * CALLERS_OF_A_REPLICA)) {
            List<Future<?>> calls = IntStream.range(0, 2 * CALLERS_OF_A_REPLICA)
                    .<Future<?>>mapToObj(i -> callers.submit(() -> {
                        while (begun.get() < messages) {
                            begun.addAndGet(seal(replicas.get(i % 2), random, sealed));
                        }
                    }))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }
        return sealed;
    }

    /** So small a bound may be spent by others time and again before a caller gets its share; it asks once more then. */
    private int seal(KeyRing ring, RandomGenerator random, Collection<Envelope> sealed) {
        var batch = 1 + random.nextInt(LARGEST_BATCH);
        var key = ring.toSeal(alice, batch)
                .onFailure(IllegalStateException.class)
                .invoke(askedAgain::increment)
                .onFailure(IllegalStateException.class)
                .retry()
                .atMost(100)
                .await()
                .indefinitely();
        for (int i = 0; i < batch; i++) {
            sealed.add(key.seal(
                    context, ByteBuffer.allocate(Integer.BYTES).putInt(i).array()));
        }
        return batch;
    }

    /** By a third replica, which has to fetch every version. */
    private long unopened(Collection<Envelope> sealed) {
        var ring = replica();
        return sealed.stream()
                .filter(envelope -> ring.toOpen(alice, envelope.key())
                                .await()
                                .indefinitely()
                                .open(context, envelope)
                                .length
                        != Integer.BYTES)
                .count();
    }

    private KeyRing replica() {
        return Rings.of(gate, keys, BOUND, RESERVATION, log);
    }

    private TreeMap<Integer, Long> reserved() throws SQLException {
        try (var database = PostgresResource.superuser();
                var query = database.prepareStatement(
                        "select key_version, messages_reserved from vault.data_keys where user_id = ?")) {
            query.setObject(1, alice.user());
            var rows = query.executeQuery();
            var found = new TreeMap<Integer, Long>(Map.of());
            while (rows.next()) {
                found.put(rows.getInt(1), rows.getLong(2));
            }
            return found;
        }
    }

    private long onRecord() throws SQLException {
        try (var database = PostgresResource.superuser();
                var query = database.prepareStatement(
                        "select count(distinct key_version) from vault.audit_records where user_id = ? and outcome = 'message-bound'")) {
            query.setObject(1, alice.user());
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }
}
