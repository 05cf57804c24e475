package io.flowmaestro.connections.mcp.client;

/** Why an MCP server gave no usable answer. */
sealed interface Reason {

    /** The address may not be called; the message is for the user. */
    record UrlRefused(String message) implements Reason {}

    /** No connection, a broken one, or a server that answers with an error of its own. */
    record Unreachable(String what) implements Reason {}

    /** Longer than the connection's timeout. */
    record TimedOut() implements Reason {}

    /** 401 or 403. */
    record Unauthorized(int status) implements Reason {}

    /** Not what MCP prescribes; says what, in words of our own. */
    record Protocol(String what) implements Reason {}

    /** A JSON-RPC error in answer to our request. */
    record Rejected(long code) implements Reason {}

    /** JSON-RPC error -32602 in answer to a tool call. */
    record ParametersRefused() implements Reason {}

    /** The server no longer knows the session; the request was not carried out. */
    record SessionLost() implements Reason {}

    /** The server offers no tool of this name. */
    record ToolMissing(String tool) implements Reason {}
}
