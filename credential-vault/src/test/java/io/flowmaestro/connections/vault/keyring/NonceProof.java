package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 100,000 messages a round, sealed by one key as production does. */
class NonceProof {

    private static final int MESSAGES_A_ROUND = 100_000;

    /**
     * Compares the first 64 bits of each, which takes 8 bytes a message and asks for more than distinct nonces: among ten
     * million random ones two would begin alike by chance once in 370,000 runs.
     */
    @Test
    void everyMessageHasANonceOfItsOwn() {
        var proof = Proof.of("vault.nonces");
        var ring = Rings.inMemory();
        var scope = new KeyScope(UUID.randomUUID());
        var context = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var plaintext = new byte[] {1};
        var nonces = new long[proof.rounds() * MESSAGES_A_ROUND];
        Arrays.setAll(
                nonces,
                _ -> beginning(ring.toSeal(scope, 1).await().indefinitely().seal(context, plaintext)));
        var set = Arrays.stream(nonces).reduce(0, (either, nonce) -> either | nonce);
        Arrays.parallelSort(nonces);
        var repeated = IntStream.range(1, nonces.length)
                .filter(i -> nonces[i] == nonces[i - 1])
                .count();
        proof.figure("sealed", nonces.length).figure("repeated", repeated).print();

        assertThat(repeated).isZero();
        assertThat(set).as("bits that were ever set").isEqualTo(-1);
    }

    private static long beginning(Envelope envelope) {
        return ByteBuffer.wrap(envelope.sealed().toByteArray()).getLong();
    }
}
