package io.flowmaestro.connections.mcp.connection;

import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.upstream.McpServer;

/** An active MCP connection, ready to be called. */
public record McpConnection(SessionKey session, McpServer server, ToolPolicy toolPolicy) {}
