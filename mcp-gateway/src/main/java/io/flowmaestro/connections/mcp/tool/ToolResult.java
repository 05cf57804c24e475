package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;

/** A tool's result for workers: the MCP result whole, plus its text parts as one string. */
final class ToolResult {

    private ToolResult() {}

    /** A loop, as every call comes through here. */
    static ObjectNode of(ObjectNode result) {
        var text = new StringJoiner("\n");
        for (JsonNode part : result.path("content")) {
            if ("text".equals(part.path("type").textValue())
                    && part.path("text").isTextual()) {
                text.add(part.path("text").textValue());
            }
        }
        return result.put("text", text.toString());
    }
}
