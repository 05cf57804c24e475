package io.flowmaestro.connections.vault.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyKeysTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "{\"api_key\":\"sk-ü\"}";

    /** Sealed by Node.js 20's crypto module with a 16-byte IV, as the source system did it. */
    private static final String KNOWN_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String KNOWN =
            "{\"iv\":\"d8025f157493a408d0e41452632acbaa\",\"data\":\"059c338d5356366daac9e6ec038eba734104ebcc3ac9\",\"authTag\":\"574119098ae1efcc068c666f870bb382\"}";

    private final LegacyKeys keys = keys(
            Base64.getEncoder().encodeToString(LegacyEnvelopes.JSON_KEY),
            HexFormat.of().formatHex(LegacyEnvelopes.COMPACT_KEY));

    @Test
    void opensWhatTheSourceSystemSealed() throws Exception {
        var known = LegacyEnvelope.read(JSON.readTree(KNOWN));
        assertThat(keys(KNOWN_KEY, null).open(known)).asString(UTF_8).isEqualTo("{\"api_key\":\"sk-known\"}");
    }

    @Test
    void opensTheJsonFormAsAnObjectAndAsItsText() throws Exception {
        var envelope = LegacyEnvelopes.json(SECRET);
        assertThat(open(JSON.valueToTree(envelope))).isEqualTo(SECRET);
        assertThat(open(new TextNode(JSON.writeValueAsString(envelope)))).isEqualTo(SECRET);
    }

    @Test
    void opensTheCompactForm() {
        assertThat(open(new TextNode(LegacyEnvelopes.compact(SECRET)))).isEqualTo(SECRET);
    }

    @Test
    void refusesEveryFlippedBit() {
        var sealed = Base64.getDecoder().decode(LegacyEnvelopes.compact(SECRET));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            var tampered = sealed.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(new TextNode(Base64.getEncoder().encodeToString(tampered)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "[]", "{}", "null", "\"\"", "\"{\"", "\"not base64!\"", "\"AAAA\"", "true"})
    void refusesWhatIsNeitherForm(String json) throws Exception {
        assertRefused(JSON.readTree(json));
    }

    @ParameterizedTest
    @CsvSource({"iv, 00", "iv, zz", "authTag, 00", "data, 0", "data, 17"})
    void refusesAJsonFormWithAFieldThatIsOff(String field, String value) {
        var envelope = new HashMap<>(LegacyEnvelopes.json(SECRET));
        envelope.put(field, value);
        assertRefused(JSON.valueToTree(envelope));
        envelope.remove(field);
        assertRefused(JSON.valueToTree(envelope));
    }

    @Test
    void refusesTheOtherFormsKey() {
        var swapped = keys(
                Base64.getEncoder().encodeToString(LegacyEnvelopes.COMPACT_KEY),
                HexFormat.of().formatHex(LegacyEnvelopes.JSON_KEY));
        var envelope = LegacyEnvelope.read(JSON.valueToTree(LegacyEnvelopes.json(SECRET)));
        assertThatThrownBy(() -> swapped.open(envelope)).isInstanceOf(DecryptionFailed.class);
    }

    @Test
    void hasOnlyTheKeysItWasGiven() {
        assertThat(keys(KNOWN_KEY, null).has(LegacyForm.JSON)).isTrue();
        assertThat(keys(KNOWN_KEY, null).has(LegacyForm.COMPACT)).isFalse();
    }

    @Test
    void saysWhichKeyIsOffAndNeverQuotesIt() {
        Map.of("c2VjcmV0", "LEGACY_ENCRYPTION_KEY", "geheim!", "LEGACY_ENCRYPTION_KEY")
                .forEach((text, variable) -> assertThatThrownBy(() -> keys(text, null))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining(variable)
                        .hasMessageNotContaining(text));
        assertThatThrownBy(() -> keys(null, "c0ffee"))
                .hasMessageContaining("LEGACY_CREDENTIALS_KEY must be 64 hexadecimal digits")
                .hasMessageNotContaining("c0ffee");
    }

    private String open(JsonNode json) {
        return new String(keys.open(LegacyEnvelope.read(json)), UTF_8);
    }

    private void assertRefused(JsonNode json) {
        assertThatThrownBy(() -> keys.open(LegacyEnvelope.read(json))).isInstanceOf(DecryptionFailed.class);
    }

    private static LegacyKeys keys(String encryptionKey, String credentialsKey) {
        return new LegacyKeys(new LegacyKeysConfig() {
            @Override
            public Optional<String> encryptionKey() {
                return Optional.ofNullable(encryptionKey);
            }

            @Override
            public Optional<String> credentialsKey() {
                return Optional.ofNullable(credentialsKey);
            }
        });
    }
}
