package io.flowmaestro.connections.mcp.endpoint.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;

/** A JSON-RPC error for the client, and the HTTP status that goes with it. An expected outcome, hence without a stack. */
public final class RpcError extends RuntimeException {

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;

    /** Anything of ours that has no code of its own; {@code data.code} tells them apart. */
    public static final int REFUSED = -32000;

    public static final int HEADER_MISMATCH = -32020;
    public static final int VERSION_UNSUPPORTED = -32022;

    private final int status;
    private final transient ObjectNode error;

    /** Takes the error as it goes out. */
    public RpcError(int status, ObjectNode error) {
        super("JSON-RPC error", null, false, false);
        this.status = status;
        this.error = error;
    }

    public static RpcError of(int status, int code, String message) {
        return new RpcError(status, McpJson.object().put("code", code).put("message", message));
    }

    /** The same with a member of {@code data}. */
    public RpcError with(String member, JsonNode value) {
        var more = error.deepCopy();
        more.withObjectProperty("data").set(member, value);
        return new RpcError(status, more);
    }

    public int status() {
        return status;
    }

    public long code() {
        return error.path("code").asLong();
    }

    public ObjectNode error() {
        return error;
    }
}
