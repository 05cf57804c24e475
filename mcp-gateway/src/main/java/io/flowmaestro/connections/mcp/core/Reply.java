package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;

/** What a server gets for something it asked. */
public sealed interface Reply {

    /** The result object, untouched. */
    record Answered(ObjectNode result) implements Reply {}

    /** A JSON-RPC error. */
    record Refused(int code, String message) implements Reply {}

    static Reply refused() {
        return new Refused(-32601, "Method not supported");
    }

    static Reply broken() {
        return new Refused(-32603, "Internal error");
    }

    static Reply alive() {
        return new Answered(McpJson.object());
    }
}
