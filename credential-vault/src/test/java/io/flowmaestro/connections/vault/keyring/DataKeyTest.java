package io.flowmaestro.connections.vault.keyring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.envelope.SealedBytes;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DataKeyTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final KeyScope alice = new KeyScope(UUID.randomUUID());
    private final KeyScope bob = new KeyScope(UUID.randomUUID());
    private final KeyVersion version = new KeyVersion(UUID.randomUUID(), 2);
    private final byte[] material = Random.randBytes(32);
    private final DataKey key = DataKey.of(alice, version, 1, material.clone());
    private final RecordContext context = new RecordContext(alice, UUID.randomUUID(), Purpose.CONNECTION_DATA);
    private final byte[] plaintext = "{\"api_key\":\"sk-1\"}".getBytes(UTF_8);

    @Test
    void opensWhatItSealed() {
        assertThat(key.open(context, key.seal(context, plaintext))).isEqualTo(plaintext);
    }

    @Test
    void wipesTheBytesItWasMadeOf() {
        DataKey.of(alice, version, 1, material);
        assertThat(material).containsOnly(0);
    }

    @Test
    void neverShowsItself() {
        assertThat(key.toString()).endsWith("redacted]");
    }

    @Test
    void sealsForNoOtherScope() {
        var others = new RecordContext(bob, context.connection(), context.purpose());
        assertThatIllegalArgumentException().isThrownBy(() -> key.seal(others, plaintext));
    }

    @Nested
    class Open {

        private final Envelope envelope = key.seal(context, plaintext);

        @Test
        void refusesEveryFlippedBitOfTheStoredText() {
            var stored = EnvelopeFormat.write(envelope).toString().getBytes(UTF_8);
            for (int bit = 0; bit < stored.length * 8; bit++) {
                var tampered = stored.clone();
                tampered[bit / 8] ^= (byte) (1 << bit % 8);
                assertThatThrownBy(() -> key.open(context, EnvelopeFormat.read(JSON.readTree(tampered))))
                        .as("bit %d", bit)
                        .isInstanceOfAny(DecryptionFailed.class, JsonProcessingException.class);
            }
        }

        @Test
        void refusesAnotherConnection() {
            assertRefused(key, new RecordContext(alice, UUID.randomUUID(), context.purpose()), envelope);
        }

        @Test
        void refusesAnotherPurpose() {
            var place = new String(AssociatedData.ofRecord(context, version), ISO_8859_1);
            var elsewhere = place.replace("connection-data", "connection-dat4").getBytes(ISO_8859_1);
            var sealed = Aes256Gcm.of(material).seal(plaintext, elsewhere);

            assertRefused(key, context, new Envelope(version, SealedBytes.copyOf(sealed)));
        }

        @Test
        void refusesAnotherUserEvenWithTheSameKeyMaterial() {
            var sameMaterial = DataKey.of(bob, version, 1, material.clone());

            assertRefused(key, new RecordContext(bob, context.connection(), context.purpose()), envelope);
            assertRefused(sameMaterial, new RecordContext(bob, context.connection(), context.purpose()), envelope);
        }

        @Test
        void refusesAnotherVersionEvenWithTheSameKeyMaterial() {
            var other = new KeyVersion(version.keyId(), 1);
            var relabelled = new Envelope(other, envelope.sealed());

            assertRefused(key, context, relabelled);
            assertRefused(DataKey.of(alice, other, 1, material.clone()), context, relabelled);
        }

        @Test
        void refusesAnotherKeyIdEvenWithTheSameKeyMaterial() {
            var other = new KeyVersion(UUID.randomUUID(), version.version());
            var relabelled = new Envelope(other, envelope.sealed());

            assertRefused(key, context, relabelled);
            assertRefused(DataKey.of(alice, other, 1, material.clone()), context, relabelled);
        }

        @Test
        void refusesOtherKeyMaterial() {
            assertRefused(DataKey.of(alice, version, 1, Random.randBytes(32)), context, envelope);
        }

        private static void assertRefused(DataKey key, RecordContext context, Envelope envelope) {
            assertThatThrownBy(() -> key.open(context, envelope)).isInstanceOf(DecryptionFailed.class);
        }
    }
}
