package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts the addresses in a result into the form that can be read back through the endpoint of all connections. */
final class PublicResults {

    private static final String URI = "uri";

    private PublicResults() {}

    static ObjectNode of(Named connection, ObjectNode result) {
        result.path("content").forEach(block -> block(connection, block));
        result.path("messages").forEach(message -> content(connection, message.path("content")));
        result.path("contents").forEach(contents -> address(connection, contents));
        return result;
    }

    private static void content(Named connection, JsonNode content) {
        if (content.isArray()) {
            content.forEach(block -> block(connection, block));
        } else {
            block(connection, content);
        }
    }

    private static void block(Named connection, JsonNode block) {
        switch (block.path("type").asText()) {
            case "resource_link" -> address(connection, block);
            case "resource" -> address(connection, block.path("resource"));
            default -> {}
        }
    }

    private static void address(Named connection, JsonNode addressed) {
        if (addressed instanceof ObjectNode object && object.path(URI).isTextual()) {
            object.put(URI, PublicNames.uri(connection, object.path(URI).textValue()));
        }
    }
}
