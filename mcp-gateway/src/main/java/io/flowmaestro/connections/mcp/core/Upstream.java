package io.flowmaestro.connections.mcp.core;

import io.flowmaestro.connections.mcp.upstream.McpServer;

/** One operation's way to a server. Holds the credential, so it lives as long as the operation and no longer. */
public record Upstream(McpServer server, Deadline deadline) {

    public static Upstream of(McpServer server) {
        return new Upstream(server, Deadline.in(server.timeout()));
    }
}
