package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.AwayServers;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import io.flowmaestro.connections.mcp.tool.ToolCalls;
import io.flowmaestro.connections.mcp.tool.ToolPages;
import io.flowmaestro.connections.mcp.watch.Watches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Finds what is behind a path. */
@ApplicationScoped
public class Targets {

    private final McpConnections connections;
    private final McpClient client;
    private final ToolCalls tools;
    private final ToolPages toolPages;
    private final Watches watches;
    private final UserConnections user;
    private final AwayServers away;
    private final EndpointSettings settings;

    Targets(
            McpConnections connections,
            McpClient client,
            ToolCalls tools,
            ToolPages toolPages,
            Watches watches,
            UserConnections user,
            AwayServers away,
            EndpointSettings settings) {
        this.connections = connections;
        this.client = client;
        this.tools = tools;
        this.toolPages = toolPages;
        this.watches = watches;
        this.user = user;
        this.away = away;
        this.settings = settings;
    }

    /** All of the caller's active MCP connections. */
    public Target all(Caller caller) {
        return new AllConnections(
                user.activeMcp(caller.subject()).map(Slugs::of), id -> one(caller, id), settings.listPatience(), away);
    }

    public Target one(Caller caller, UUID connection) {
        return new OneConnection(
                connections,
                client,
                tools,
                toolPages,
                watches,
                away,
                settings.listPatience().dividedBy(2),
                caller,
                connection);
    }
}
