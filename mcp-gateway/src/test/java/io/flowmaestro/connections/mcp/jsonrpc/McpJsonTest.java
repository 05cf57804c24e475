package io.flowmaestro.connections.mcp.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpJsonTest {

    /** Half of a surrogate pair, which no bytes of UTF-8 stand for, becomes a question mark. */
    @ParameterizedTest
    @CsvSource({
        "\"\\ud83d\\ude00 ä\", \"😀 ä\"",
        "\"a\\ud800b\", \"a?b\"",
        "\"a\\udc00b\", \"a?b\"",
        "\"a\\ud800\", \"a?\"",
        "'[1.10,12345678901234567890]', '[1.10,12345678901234567890]'"
    })
    void writesWhatItReadAndNeverFails(String json, String written) {
        assertThat(new String(McpJson.write(McpJson.read(json.getBytes(UTF_8))), UTF_8))
                .isEqualTo(written);
    }
}
