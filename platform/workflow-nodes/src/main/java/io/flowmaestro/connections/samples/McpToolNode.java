package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.ToolResult;
import io.flowmaestro.connections.worker.UserConnections;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Calls a tool of an MCP server. That the tool failed is the node's failure, too. */
record McpToolNode() implements Node {

    @Override
    public void execute(UserConnections connections, JsonNode config, ObjectNode context) throws IOException {
        String tool = config.path("tool").asText();
        Map<String, Object> parameters = Web.JSON.convertValue(
                Template.filled(config.path("parameters"), context), new TypeReference<Map<String, Object>>() {});

        ToolResult result = connections.executeTool(
                UUID.fromString(config.path("connectionId").asText()), tool, parameters);

        if (result.failed()) {
            throw new IOException(tool + " failed: " + result.text());
        }
        context.put(config.path("outputVariable").asText(), result.text());
    }
}
