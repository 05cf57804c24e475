package io.flowmaestro.connections.vault.masterkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The key check against the database of a vault that runs. */
@QuarkusTest
class EnrolledKeyRepositoryTest extends VaultTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    KeyGate gate;

    @Inject
    KeyEncryptionKey key;

    @Inject
    EnrolledKeys enrolledKeys;

    @BeforeEach
    void aVaultHasStartedHere() {
        gate.verified().await().atMost(SOON);
    }

    @Test
    void acceptsARestartWithTheSameKey() {
        assertThat(new KeyCheck(key, enrolledKeys).run().await().atMost(SOON))
                .isInstanceOf(KeyCheckOutcome.Accepted.class);
    }

    @Test
    void refusesARestartWithAnotherKeyAndChangesNothing() {
        var before = enrolledKeys.primary().await().atMost(SOON);
        var another = LocalKey.of(Random.randBytes(32));

        assertThat(new KeyCheck(another, enrolledKeys).run().await().atMost(SOON))
                .isInstanceOf(KeyCheckOutcome.Refused.class);
        assertThat(enrolledKeys.primary().await().atMost(SOON))
                .isEqualTo(before)
                .isPresent();
    }

    @Test
    void neverEnrolsASecondPrimaryKey() {
        var standing = enrolledKeys.primary().await().atMost(SOON).orElseThrow();

        var enrolled = enrolledKeys
                .enrol(UUID.randomUUID(), Bytes.copyFrom(Random.randBytes(60)))
                .await()
                .atMost(SOON);

        assertThat(enrolled).isEqualTo(standing);
    }
}
