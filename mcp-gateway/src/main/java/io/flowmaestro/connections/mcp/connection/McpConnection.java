package io.flowmaestro.connections.mcp.connection;

import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import java.time.Instant;

/**
 * An active MCP connection, ready to be called.
 *
 * @param usableUntil when its credential should be looked at anew
 */
public record McpConnection(SessionKey session, McpServer server, ToolPolicy toolPolicy, Instant usableUntil) {}
