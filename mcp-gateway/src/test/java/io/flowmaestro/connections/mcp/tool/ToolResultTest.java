package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ToolResultTest {

    private static ObjectNode result(String json) {
        return ToolResult.of((ObjectNode) McpJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void joinsTheTextPartsAndKeepsEverythingElse() {
        assertThat(result("{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\",\"data\":\"x\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}],\"isError\":true,\"x\":1.50}"))
                .hasToString("{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\",\"data\":\"x\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}],\"isError\":true,\"x\":1.50,\"text\":\"a\\nb\"}");
    }

    @Test
    void hasEmptyTextWithoutContent() {
        assertThat(result("{\"structuredContent\":{}}").get("text").asText()).isEmpty();
    }

    @Test
    void passesOverTextPartsThatAreNone() {
        assertThat(result("{\"content\":[{\"type\":\"text\",\"text\":null},{\"type\":\"text\"},null,7,"
                                + "{\"type\":\"text\",\"text\":5},{\"type\":\"text\",\"text\":\"a\"}]}")
                        .get("text")
                        .asText())
                .isEqualTo("a");
    }
}
