package io.flowmaestro.connections.registry.problem;

import io.flowmaestro.connections.http.ProblemCode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every kind of problem that the registry raises itself. */
public enum RegistryProblem implements ProblemCode {
    VALIDATION_FAILED("validation-failed", 400, "Validation failed"),
    CURSOR_INVALID("cursor-invalid", 400, "The cursor does not fit the request"),
    SERVER_URL_NOT_ALLOWED("server-url-not-allowed", 400, "The server's address is not allowed"),
    PEER_NOT_ALLOWED("peer-not-allowed", 403, "This service may not call this operation"),
    CONNECTION_NOT_FOUND("connection-not-found", 404, "No such connection"),
    PROVIDER_NOT_FOUND("provider-not-found", 404, "No such provider"),
    OAUTH_CLIENT_NOT_FOUND("oauth-client-not-found", 404, "No such OAuth client"),
    WEBHOOK_NOT_FOUND("webhook-not-found", 404, "No such webhook"),
    DELIVERY_NOT_FOUND("delivery-not-found", 404, "No such delivery"),
    TEMPLATE_NOT_FOUND("template-not-found", 404, "No such template"),
    ERASURE_NOT_FOUND("erasure-not-found", 404, "No such erasure"),
    REWRAP_RUN_NOT_FOUND("rewrap-run-not-found", 404, "No rewrap yet"),
    CREDENTIAL_GENERATION_MOVED("credential-generation-moved", 409, "The credential has been replaced"),
    CONNECTION_ID_TAKEN("connection-id-taken", 409, "The id is in use"),
    PROVIDER_EXISTS("provider-exists", 409, "The provider is there already"),
    CONNECTION_NOT_MCP("connection-not-mcp", 409, "Not an MCP connection"),
    TOOL_CHANGED("tool-changed", 409, "The tool's definition has changed"),
    CONNECTION_NOT_OAUTH2("connection-not-oauth2", 409, "Not an OAuth connection"),
    CONNECTION_NOT_ACTIVE("connection-not-active", 409, "The connection cannot be used"),
    CONNECTION_NOT_USABLE("connection-not-usable", 409, "The connection cannot be used as it is stored"),
    STATUS_CHANGE_NOT_ALLOWED("status-change-not-allowed", 409, "The status cannot change this way"),
    IDEMPOTENCY_KEY_SPENT("idempotency-key-spent", 409, "What the key stands for is gone"),
    IMPORT_NOT_PERMITTED("import-not-permitted", 409, "The vault takes no imports from the registry"),
    CONNECTION_BEING_TESTED("connection-being-tested", 409, "A test of the connection is under way"),
    WEBHOOK_LIMIT_REACHED("webhook-limit-reached", 409, "No more webhooks"),
    TEMPLATE_LIMIT_REACHED("template-limit-reached", 409, "No more templates"),
    PRECONDITION_FAILED("precondition-failed", 412, "The connection has changed"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The key was used for another request"),
    CREDENTIAL_UNREADABLE("credential-unreadable", 500, "The credential cannot be read"),
    MCP_SERVER_FORBIDDEN("mcp-server-forbidden", 403, "The MCP server's host is not permitted"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    MCP_SERVER_BUSY("mcp-server-busy", 429, "The MCP server takes no more requests for now"),
    MCP_SERVER_FAILING("mcp-server-failing", 502, "The MCP server fails"),
    MCP_SCOPE_INSUFFICIENT("mcp-scope-insufficient", 403, "The MCP server wants more scopes"),
    MCP_SERVER_UNREACHABLE("mcp-server-unreachable", 502, "The MCP server cannot be reached"),
    MCP_SERVER_UNAUTHORIZED("mcp-server-unauthorized", 502, "The MCP server refused the credentials"),
    MCP_PROTOCOL_ERROR("mcp-protocol-error", 502, "The MCP server does not follow the protocol"),
    MCP_SERVER_ERROR("mcp-server-error", 502, "The MCP server answered with an error"),
    MCP_SERVER_TIMEOUT("mcp-server-timeout", 504, "The MCP server did not answer in time"),
    VAULT_UNAVAILABLE("vault-unavailable", 503, "Secrets cannot be sealed now"),
    BROKER_UNAVAILABLE("broker-unavailable", 503, "Credentials cannot be fetched now"),
    GATEWAY_UNAVAILABLE("gateway-unavailable", 503, "Tools cannot be discovered now");

    private static final Duration PEER_RETRY = Duration.ofSeconds(5);

    private final String code;
    private final int status;
    private final String title;

    RegistryProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** A connection that is missing, deleted or another user's: one answer, so that none can be told from the others. */
    public static ProblemException connectionNotFound() {
        return new ProblemException(
                CONNECTION_NOT_FOUND,
                "There is no connection with this id, or it is not yours. List yours with GET /api/connections.");
    }

    public static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                        VALIDATION_FAILED, "Correct the fields named in violations and send the request again.")
                .with(violations);
    }

    /**
     * A credential that was made from another one than is in place.
     *
     * @param attempt which wrote the one in place; null if the user did, or nobody has since it was made
     */
    public static ProblemException generationMoved(long generation, @Nullable UUID attempt) {
        return new ProblemException(
                        CREDENTIAL_GENERATION_MOVED,
                        "Another credential has been stored since. Read the connection again and use the newer one.")
                .with("credential_generation", generation)
                .with("credential_attempt_id", attempt);
    }

    /** A peer that does not answer, or not sensibly. */
    public static ProblemException unavailable(RegistryProblem problem, String detail) {
        return new ProblemException(problem, detail).retryAfter(PEER_RETRY);
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
