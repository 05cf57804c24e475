package io.flowmaestro.connections.mcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Messages to a server. */
public final class Outgoing {

    private Outgoing() {}

    public static ObjectNode request(long id, String method, ObjectNode params) {
        var message = message();
        message.put("id", id);
        message.put("method", method);
        message.set("params", params);
        return message;
    }

    public static ObjectNode notification(String method) {
        return message().put("method", method);
    }

    public static ObjectNode notification(String method, ObjectNode params) {
        var message = notification(method);
        message.set("params", params);
        return message;
    }

    public static ObjectNode result(JsonNode id, ObjectNode result) {
        var message = message();
        message.set("id", id);
        message.set("result", result);
        return message;
    }

    public static ObjectNode error(JsonNode id, int code, String text) {
        var message = message();
        message.set("id", id);
        message.putObject("error").put("code", code).put("message", text);
        return message;
    }

    private static ObjectNode message() {
        return McpJson.object().put("jsonrpc", "2.0");
    }
}
