package io.flowmaestro.connections.mcp.provider;

/** An MCP server to choose from. */
record McpProviderView(String name, String displayName, String defaultServerUrl, String authType, String category) {}
