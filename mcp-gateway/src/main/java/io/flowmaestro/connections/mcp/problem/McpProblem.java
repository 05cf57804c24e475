package io.flowmaestro.connections.mcp.problem;

import io.flowmaestro.connections.http.ProblemCode;

/** The problems that only this service has. */
public enum McpProblem implements ProblemCode {
    SERVER_URL_NOT_ALLOWED("server-url-not-allowed", 400, "The server URL is not allowed"),
    TOOL_ARGUMENTS_INVALID("tool-arguments-invalid", 400, "The parameters do not fit the tool"),
    HEADER_MISMATCH("mcp-header-mismatch", 400, "Headers and body do not agree"),
    TOOL_PARAMETERS_REFUSED("tool-parameters-refused", 400, "The tool refused its parameters"),
    PEER_NOT_ALLOWED("peer-not-allowed", 403, "This service may not call this operation"),
    SERVER_FORBIDDEN("mcp-server-forbidden", 403, "The MCP server's host is not permitted"),
    SCOPE_INSUFFICIENT("mcp-scope-insufficient", 403, "The MCP server wants more scopes"),
    TOOL_NOT_ALLOWED("tool-not-allowed", 403, "The tool may not be called"),
    CONNECTION_NOT_FOUND("connection-not-found", 404, "Connection not found"),
    TOOL_NOT_FOUND("tool-not-found", 404, "Tool not found"),
    NOT_AN_MCP_CONNECTION("not-an-mcp-connection", 409, "Not an MCP connection"),
    TOOL_CHANGED("tool-changed", 409, "The tool has to be approved"),
    CONNECTION_NOT_ACTIVE("connection-not-active", 409, "The connection is not active"),
    CONNECTION_NOT_USABLE("connection-not-usable", 409, "The connection cannot be used as it is stored"),
    INPUT_REQUIRED("mcp-input-required", 409, "The tool asks for input in between"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    SERVER_BUSY("mcp-server-busy", 429, "The MCP server takes no more requests for now"),
    CREDENTIAL_UNREADABLE("credential-unreadable", 500, "The credential cannot be read"),
    SERVER_UNREACHABLE("mcp-server-unreachable", 502, "The MCP server cannot be reached"),
    SERVER_FAILING("mcp-server-failing", 502, "The MCP server fails"),
    SERVER_UNAUTHORIZED("mcp-server-unauthorized", 502, "The MCP server refused the credential"),
    PROTOCOL_ERROR("mcp-protocol-error", 502, "The MCP server does not keep to the protocol"),
    SERVER_ERROR("mcp-server-error", 502, "The MCP server reported an error"),
    SERVER_RESTING("mcp-server-resting", 503, "The MCP server is left alone for a while"),
    SERVER_TIMEOUT("mcp-server-timeout", 504, "The MCP server did not answer in time");

    private final String code;
    private final int status;
    private final String title;

    McpProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
