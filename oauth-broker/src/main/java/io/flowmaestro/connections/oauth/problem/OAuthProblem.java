package io.flowmaestro.connections.oauth.problem;

import io.flowmaestro.connections.http.ProblemCode;

/** Everything that the broker refuses or cannot do. */
public enum OAuthProblem implements ProblemCode {
    PROVIDER_NOT_FOUND("provider-not-found", 404, "Provider not found"),
    PROVIDER_NOT_CONFIGURED("provider-not-configured", 409, "Provider not configured"),
    PROVIDER_REFUSED("provider-refused", 502, "The provider refused the request"),
    PROVIDER_UNAVAILABLE("provider-unavailable", 503, "The provider is not available"),
    GRANT_NOT_OFFERED("grant-not-offered", 409, "The provider is connected in another way"),
    PARAMETER_INVALID("parameter-invalid", 400, "Invalid parameter"),
    SERVER_URL_NOT_ALLOWED("server-url-not-allowed", 400, "The server URL is not allowed"),
    MCP_SERVER_FORBIDDEN("mcp-server-forbidden", 403, "The MCP server's host is not permitted"),
    MCP_AUTHORIZATION_NOT_OFFERED("mcp-authorization-not-offered", 422, "The MCP server has no sign-in"),
    MCP_AUTHORIZATION_UNUSABLE("mcp-authorization-unusable", 502, "The MCP server cannot be signed in to"),
    MCP_CLIENT_NEEDED("mcp-client-needed", 409, "The MCP server takes only clients that it knows"),
    RETURN_TO_NOT_ALLOWED("return-to-not-allowed", 400, "The page to return to is not allowed"),
    FLOW_NOT_FOUND("flow-not-found", 404, "Flow not found"),
    CALLBACK_INVALID("callback-invalid", 400, "The provider's answer is incomplete"),
    STATE_INVALID("state-invalid", 400, "This sign-in is unknown or already finished"),
    STATE_EXPIRED("state-expired", 400, "This sign-in took too long"),
    BROWSER_MISMATCH("browser-mismatch", 400, "This sign-in was started in another browser"),
    PROVIDER_MISMATCH("provider-mismatch", 400, "This sign-in belongs to another provider"),
    ISSUER_MISMATCH("issuer-mismatch", 400, "The answer comes from another issuer"),
    AUTHORIZATION_DENIED("authorization-denied", 400, "Access was not granted"),
    AUTHORIZATION_FAILED("authorization-failed", 400, "The provider reported an error"),
    CONNECTION_NOT_FOUND("connection-not-found", 404, "Connection not found"),
    CONNECTION_NOT_ACTIVE("connection-not-active", 409, "The connection cannot be used"),
    CONNECTION_NOT_REFRESHABLE("connection-not-refreshable", 409, "The connection cannot be refreshed"),
    CONNECTION_NOT_RENEWABLE("connection-not-renewable", 409, "The connection cannot be renewed by a sign-in"),
    CREDENTIAL_UNREADABLE("credential-unreadable", 500, "The stored credential cannot be read"),
    PEER_NOT_ALLOWED("peer-not-allowed", 403, "Not for this service"),
    GRANT_PENDING("grant-pending", 504, "The connection is not stored yet"),
    GRANT_NOT_STORED("grant-not-stored", 502, "The connection could not be stored"),
    INSUFFICIENT_SCOPE("insufficient-scope", 403, "The connection lacks a scope"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    REFRESH_UNAVAILABLE("refresh-unavailable", 503, "Refreshing is not possible right now"),
    REGISTRY_UNAVAILABLE("registry-unavailable", 503, "The connection registry is not available"),
    VAULT_UNAVAILABLE("vault-unavailable", 503, "The credential vault is not available");

    private final String code;
    private final int status;
    private final String title;

    OAuthProblem(String code, int status, String title) {
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
