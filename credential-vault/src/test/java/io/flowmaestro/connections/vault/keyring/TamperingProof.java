package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever is changed about a sealed record, it does not open, and every refusal is the same. 10,000 changes a round. */
class TamperingProof {

    private static final int CHANGES_A_ROUND = 10_000;
    private static final int LONGEST = 64;

    @Test
    void noChangeToARecordIsAcceptedAndAllRefusalsAreOne() {
        var proof = Proof.of("vault.tampering");
        var random = proof.random();
        var answers = Forgeries.noAnswers();
        var forgeries = new Forgeries(answers);
        var records = 0;
        for (; forgeries.tried() < (long) proof.rounds() * CHANGES_A_ROUND; records++) {
            forge(forgeries, random);
        }
        proof.figure("tried", forgeries.tried())
                .figure("accepted", forgeries.accepted())
                .figure("records", records)
                .figure("different_errors", answers.size())
                .print();

        assertThat(forgeries.accepted()).isZero();
        assertThat(answers)
                .containsExactly(
                        "io.flowmaestro.connections.vault.envelope.DecryptionFailed: Decryption failed cause=null stack=0");
    }

    /** On a record that does open, so that what refuses the changed one is the change. */
    private static void forge(Forgeries forgeries, RandomGenerator random) {
        var alice = new KeyScope(UUID.randomUUID());
        var material = Random.randBytes(32);
        var key = DataKey.of(alice, new KeyVersion(UUID.randomUUID(), 2 + random.nextInt(3)), 1, material.clone());
        var context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var elsewhere = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);
        var plaintext = Random.randBytes(1 + random.nextInt(LONGEST));
        var envelope = key.seal(context, plaintext);
        assertThat(key.open(context, envelope)).isEqualTo(plaintext);
        forgeries.of(key, material, context, envelope, key.seal(elsewhere, plaintext));
    }
}
