package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedDataTest {
    @Test
    void readsAnEnvelope() {
        assertThat(SealedData.read(envelope().encode())).isEqualTo(new SealedData("a-key", 1, 40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "key_id", "key_version", "nonce", "ciphertext", "tag"})
    void missesEveryField(String field) {
        JsonObject envelope = envelope();
        envelope.remove(field);

        assertRefused(envelope.encode(), "fields");
    }

    @Test
    void refusesAFieldBesidesTheEnvelope() {
        assertRefused(envelope().put("api_key", "sk").encode(), "fields");
    }

    @Test
    void refusesAnotherFormat() {
        assertRefused(envelope().put("format", 2).encode(), "format");
    }

    @Test
    void refusesAShortNonceAndAShortTag() {
        assertRefused(envelope().put("nonce", base64(8)).encode(), "nonce");
        assertRefused(envelope().put("tag", base64(12)).encode(), "tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"api_key\":\"sk-plain\"}", "\"text\"", "not json"})
    void refusesWhatIsNoEnvelopeWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SealedData.read(text))
                .isInstanceOf(StepFailed.class)
                .message()
                .doesNotContain("sk-plain");
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> SealedData.read(text))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining(reason);
    }

    private static JsonObject envelope() {
        return new JsonObject()
                .put("format", 1)
                .put("key_id", "a-key")
                .put("key_version", 1)
                .put("nonce", base64(12))
                .put("ciphertext", base64(40))
                .put("tag", base64(16));
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
