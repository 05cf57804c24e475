package io.flowmaestro.connections.mcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Messages to a server. */
public final class Outgoing {

    private static final int METHOD_NOT_FOUND = -32601;

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

    /** What we can answer to a request of the server: that we are alive, and that we offer nothing else. */
    public static ObjectNode reply(JsonNode id, String method) {
        var message = message();
        message.set("id", id);
        if (method.equals("ping")) {
            message.putObject("result");
        } else {
            message.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "Method not supported");
        }
        return message;
    }

    private static ObjectNode message() {
        return McpJson.object().put("jsonrpc", "2.0");
    }
}
