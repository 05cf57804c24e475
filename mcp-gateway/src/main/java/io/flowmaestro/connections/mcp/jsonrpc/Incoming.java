package io.flowmaestro.connections.mcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** A message from a server. */
public sealed interface Incoming {

    /** The successful answer to a request of ours. */
    record Result(JsonNode id, ObjectNode result) implements Incoming {}

    /** The failed answer to a request of ours; the id is null when the server could not tell which. */
    record Failure(JsonNode id, long code, ObjectNode error) implements Incoming {}

    /** The server asks something of us. */
    record Request(JsonNode id, String method, ObjectNode params) implements Incoming {}

    /** The server tells us something. */
    record Notification(String method, ObjectNode params) implements Incoming {}

    /** Whether this ends the wait for the request with this id. A string "1" is not the number 1. */
    default boolean answers(long id) {
        return switch (this) {
            case Result result -> matches(result.id(), id);
            case Failure failure -> matches(failure.id(), id);
            case Request _, Notification _ -> false;
        };
    }

    private static boolean matches(JsonNode answered, long asked) {
        return answered.isIntegralNumber() && answered.canConvertToLong() && answered.longValue() == asked;
    }

    /**
     * Reads one message, or the batch that revision 2025-03-26 allows.
     *
     * @throws MalformedMessage when it is neither
     */
    static List<Incoming> read(byte[] json) {
        var node = McpJson.read(json);
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(Incoming::of)
                        .toList()
                : List.of(of(node));
    }

    private static Incoming of(JsonNode node) {
        if (!"2.0".equals(node.path("jsonrpc").textValue())) {
            throw new MalformedMessage("an answer is not a JSON-RPC 2.0 message");
        }
        var id = node.path("id");
        if (node.path("method").isTextual()) {
            var method = node.path("method").textValue();
            var params = node.get("params") instanceof ObjectNode object ? object : McpJson.object();
            return id.isValueNode() && !id.isNull()
                    ? new Request(id, method, params)
                    : new Notification(method, params);
        }
        if (node.get("result") instanceof ObjectNode result) {
            return new Result(id, result);
        }
        if (node.get("error") instanceof ObjectNode error
                && error.path("code").isIntegralNumber()
                && error.path("code").canConvertToLong()) {
            return new Failure(id, error.path("code").longValue(), error);
        }
        throw new MalformedMessage("a JSON-RPC answer has neither a result object nor an error");
    }
}
