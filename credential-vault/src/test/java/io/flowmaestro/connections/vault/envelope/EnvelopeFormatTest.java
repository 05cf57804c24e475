package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyVersion KEY = new KeyVersion(UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c"), 3);

    private final Envelope envelope = new Envelope(KEY, SealedBytes.copyOf(counting(12 + 5 + 16)));

    @Test
    void writesSixFieldsOfTheirExactLengths() {
        assertThat(EnvelopeFormat.write(envelope)).hasToString("""
                {"format":1,"key_id":"0190a1ce-0000-7000-8000-00000000a11c","key_version":3,\
                "nonce":"AAECAwQFBgcICQoL","ciphertext":"DA0ODxA=","tag":"ERITFBUWFxgZGhscHR4fIA=="}""");
    }

    @Nested
    class Read {

        @Test
        void takesWhatWasWritten() {
            assertThat(EnvelopeFormat.read(EnvelopeFormat.write(envelope))).isEqualTo(envelope);
        }

        @ParameterizedTest
        @ValueSource(strings = {"format", "key_id", "key_version", "nonce", "ciphertext", "tag"})
        void refusesAMissingOrNullField(String field) {
            assertRefused(written().without(field));
            assertRefused(written().putNull(field));
            assertRefused(((ObjectNode) written().without(field)).put(field + "x", "1"));
        }

        @Test
        void refusesAFieldMore() {
            assertRefused(written().put("key_check", 1));
        }

        @ParameterizedTest
        @CsvSource({
            "format, 0",
            "format, 2",
            "format, 1.0",
            "format, true",
            "format, '\"1\"'",
            "format, 4294967297",
            "key_version, 0",
            "key_version, -1",
            "key_version, 3.0",
            "key_version, '\"3\"'",
            "key_version, 4294967299",
            "key_id, 1",
            "key_id, '\"\"'",
            "key_id, '\"0190A1CE-0000-7000-8000-00000000A11C\"'",
            "key_id, '\"190a1ce-0-7000-8000-a11c\"'",
            "key_id, '\"0190a1ce-0000-7000-8000-00000000a11c \"'",
            "nonce, '\"AAECAwQFBgcICQo=\"'",
            "nonce, '\"AAECAwQFBgcICQoLDA==\"'",
            "nonce, '\"AAECAwQFBgcICQo_\"'",
            "nonce, '\"\"'",
            "ciphertext, '\"DA0ODxA\"'",
            "ciphertext, '\"DA0ODxB=\"'",
            "ciphertext, '\"DA0ODxA=\\n\"'",
            "ciphertext, '\"DA0O DxA=\"'",
            "ciphertext, '\"%%%%\"'",
            "ciphertext, '[12,13]'",
            "tag, '\"ERITFBUWFxgZGhscHR4f\"'",
            "tag, '\"ERITFBUWFxgZGhscHR4fICE=\"'",
            "tag, '\"ERITFBUWFxgZGhscHR4fIB==\"'",
        })
        void refusesEveryOtherSpelling(String field, String json) throws Exception {
            assertRefused(written().set(field, JSON.readTree(json)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "1", "\"text\"", "{}"})
        void refusesWhatIsNoEnvelopeAtAll(String json) throws Exception {
            assertRefused(JSON.readTree(json));
        }

        @Test
        void refusesMoreCiphertextThanAnyPlaintextGives() {
            var longest = Base64.getEncoder().encodeToString(new byte[Envelope.MAX_CIPHERTEXT_BYTES]);
            var longer = Base64.getEncoder().encodeToString(new byte[Envelope.MAX_CIPHERTEXT_BYTES + 1]);

            assertThat(EnvelopeFormat.read(written().put("ciphertext", longest)))
                    .isNotNull();
            assertRefused(written().put("ciphertext", longer));
        }

        private ObjectNode written() {
            return EnvelopeFormat.write(envelope);
        }

        private static void assertRefused(JsonNode json) {
            assertThatThrownBy(() -> EnvelopeFormat.read(json))
                    .as("%s", json)
                    .isInstanceOf(DecryptionFailed.class)
                    .hasMessage("Decryption failed")
                    .hasNoCause();
        }
    }

    private static byte[] counting(int length) {
        var bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }
}
