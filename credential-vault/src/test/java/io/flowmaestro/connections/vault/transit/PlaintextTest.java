package io.flowmaestro.connections.vault.transit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlaintextTest {

    private final ObjectMapper json = new ObjectMapper();
    private final byte[] bytes = "secret".getBytes(UTF_8);

    @Test
    void isRedactedWhereverARecordHoldsIt() throws JsonProcessingException {
        var request = new EncryptRequest(UUID.randomUUID(), "connection-data", Plaintext.of(bytes));

        assertThat(request.toString()).contains("[redacted]").doesNotContain("secret", "c2VjcmV0");
        assertThat(json.writeValueAsString(request)).contains("[redacted]").doesNotContain("secret", "c2VjcmV0");
    }

    @Test
    void isWrittenInTheAnswerOnceAndThenWiped() throws JsonProcessingException {
        var response = new DecryptResponse(Plaintext.of(bytes));

        assertThat(response.toString()).doesNotContain("secret");
        assertThat(json.writeValueAsString(response)).isEqualTo("{\"plaintext\":\"c2VjcmV0\"}");
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void readsBase64AndTakesAnythingElseForEmpty() throws JsonProcessingException {
        assertThat(json.readValue("\"c2VjcmV0\"", Plaintext.class).reveal()).isEqualTo(bytes);
        assertThat(json.readValue("\"c2V jcmV0\"", Plaintext.class).length()).isZero();
        assertThat(json.readValue("\"c2VjcmV0\u00e4\u00e4\u00e4\u00e4\"", Plaintext.class)
                        .length())
                .isZero();
    }

    @Test
    void isWipedWhenClosed() {
        Plaintext.of(bytes).close();
        assertThat(bytes).containsOnly(0);
    }
}
