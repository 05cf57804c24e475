package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import java.util.Optional;

/**
 * A server's own JSON-RPC error, for those who relay it. It holds the server's text, so it is for MCP clients alone and
 * never becomes a problem or a line in the log. An expected outcome, hence without a stack.
 */
public final class ServerError extends RuntimeException {

    private final transient ObjectNode error;

    private ServerError(ObjectNode error) {
        super("The MCP server answered with an error", null, false, false);
        this.error = error;
    }

    static Optional<Throwable> of(Throwable failure) {
        return failure instanceof McpFailure known && known.reason() instanceof Reason.Rejected rejected
                ? Optional.of(new ServerError(rejected.error()))
                : Optional.empty();
    }

    /** {@code code}, {@code message} and {@code data} as they came. */
    public ObjectNode error() {
        return error;
    }
}
