package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * New data of a connection, ready to be stored.
 *
 * @param envelope sealed data, JSON text
 * @param config its public part
 * @param refreshable whether it holds a refresh token
 * @param mcp present for an MCP connection
 */
record Credential(
        String envelope,
        ObjectNode config,
        @Nullable Instant expiresAt,
        boolean refreshable,
        @Nullable Mcp mcp) {

    /** Where the server is, and what it said it offers. */
    record Mcp(String serverUrl, ToolDiscovery.Discovered discovered) {}
}
