package io.flowmaestro.connections.mcp.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {

    private static Incoming read(String json) {
        return Incoming.read(json.getBytes(StandardCharsets.UTF_8)).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "2, false",
        "'\"1\"', false",
        "1.0, false",
        "null, false",
        "true, false",
        "1e0, false",
        "18446744073709551617, false"
    })
    void anAnswerMatchesOnlyTheSameNumber(String id, boolean matches) {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}".formatted(id))
                        .answers(1))
                .isEqualTo(matches);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-1}}".formatted(id))
                        .answers(1))
                .isEqualTo(matches);
    }

    @Test
    void aRequestOfTheServerWithOurIdIsNoAnswer() {
        var message = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");

        assertThat(message).isInstanceOf(Incoming.Request.class);
        assertThat(message.answers(1)).isFalse();
    }

    @Test
    void tellsNotificationsFromRequests() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}"))
                .isInstanceOf(Incoming.Notification.class);
    }

    @Test
    void readsABatch() {
        assertThat(Incoming.read("[{\"jsonrpc\":\"2.0\",\"method\":\"a\"},{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}]"
                        .getBytes(StandardCharsets.UTF_8)))
                .hasSize(2);
    }

    @Test
    void keepsUnknownFieldsAndExactNumbers() {
        var json =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"_meta\":{\"x\":1.10},\"n\":12345678901234567890.12345678901234567890,\"z\":null}}";

        var result = ((Incoming.Result) read(json)).result();

        assertThat(new String(McpJson.write(result), StandardCharsets.UTF_8))
                .isEqualTo("{\"_meta\":{\"x\":1.10},\"n\":12345678901234567890.12345678901234567890,\"z\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "1",
                "\"x\"",
                "null",
                "{}",
                "[1]",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"result\":{}}",
                "{\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1e99999999999}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} trailing"
            })
    void refusesWhatIsNoMessageWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageNotContaining("nonsense");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        var deep = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}}";

        assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedMessage.class);
    }
}
