package io.flowmaestro.connections.mcp.provider;

/** A catalogue entry that offers an MCP server. */
public record McpProvider(String key, String name, String serverUrl, String authType, String category) {}
