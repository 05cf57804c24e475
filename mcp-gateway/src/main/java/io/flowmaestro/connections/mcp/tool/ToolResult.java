package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A tool's result for workers: the MCP result whole, plus its text parts as one string. */
final class ToolResult {

    private ToolResult() {}

    static ObjectNode of(ObjectNode result) {
        var text = StreamSupport.stream(result.path("content").spliterator(), false)
                .filter(part -> "text".equals(part.path("type").textValue()))
                .map(part -> part.path("text").textValue())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        return result.put("text", text);
    }
}
