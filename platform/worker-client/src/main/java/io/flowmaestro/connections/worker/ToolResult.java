package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a tool answered. A tool that failed is an answer, too.
 *
 * @param text the text parts of the content, joined by line feeds
 * @param failed whether the tool says that it failed ({@code isError}); the text says why
 * @param result the MCP result whole: {@code content}, {@code structuredContent}, {@code _meta}
 */
public record ToolResult(String text, boolean failed, JsonNode result) {

    /** What a tool with an output schema answers beside its text. */
    public Optional<JsonNode> structured() {
        return Optional.ofNullable(result.get("structuredContent")).filter(JsonNode::isObject);
    }

    /** Without the answer: it may hold what only the user may see. */
    @Override
    public String toString() {
        return "ToolResult[failed=" + failed + ", text of " + text.length() + " characters]";
    }
}
