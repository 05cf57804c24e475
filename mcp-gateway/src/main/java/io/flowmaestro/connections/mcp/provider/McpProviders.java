package io.flowmaestro.connections.mcp.provider;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** The catalogue's MCP servers. */
public interface McpProviders {
    Uni<List<McpProvider>> all();
}
