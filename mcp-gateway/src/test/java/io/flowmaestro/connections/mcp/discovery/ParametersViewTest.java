package io.flowmaestro.connections.mcp.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersViewTest {

    private static ObjectNode view(String schema) {
        var tool = "{\"name\":\"t\",\"_meta\":{\"k\":1},\"inputSchema\":" + schema + "}";
        return ParametersView.addTo((ObjectNode) McpJson.read(tool.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void listsNameTypeRequiredAndDescription() {
        assertThat(view("""
                        {"type":"object","required":["path"],"properties":{
                          "path":{"type":"string","description":"Where"},"depth":{"type":["integer","null"]},
                          "mode":{"anyOf":[{"type":"string"},{"type":"number"}]},"either":{"type":["string","number"]},
                          "ref":{"$ref":"#/$defs/x"},"anything":true}}""").get("parameters"))
                .hasToString("[{\"name\":\"path\",\"type\":\"string\",\"required\":true,\"description\":\"Where\"},"
                        + "{\"name\":\"depth\",\"type\":\"integer\",\"required\":false},"
                        + "{\"name\":\"mode\",\"type\":\"any\",\"required\":false},"
                        + "{\"name\":\"either\",\"type\":\"any\",\"required\":false},"
                        + "{\"name\":\"ref\",\"type\":\"any\",\"required\":false},"
                        + "{\"name\":\"anything\",\"type\":\"any\",\"required\":false}]");
    }

    @Test
    void leavesTheDefinitionItselfWhole() {
        var tool = view("{\"type\":\"object\",\"x-unknown\":[1.0]}");

        assertThat(tool.get("inputSchema")).hasToString("{\"type\":\"object\",\"x-unknown\":[1.0]}");
        assertThat(tool.get("_meta")).hasToString("{\"k\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "[]", "{}", "{\"properties\":[]}", "{\"properties\":3,\"required\":\"a\"}"})
    void makesNothingOfASchemaThatIsNone(String schema) {
        assertThat(view(schema).get("parameters")).isEmpty();
    }
}
