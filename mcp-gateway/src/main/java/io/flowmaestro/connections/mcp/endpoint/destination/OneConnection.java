package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.tool.ToolCalls;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** One connection of the caller, its names as they are. The connection is loaded for each request anew. */
record OneConnection(McpConnections connections, McpClient client, ToolCalls tools, Caller caller, UUID connection)
        implements Target {

    @Override
    public Uni<ServerFacts> facts(Listener listener) {
        return connections
                .open(caller.subject(), connection)
                .chain(open -> client.facts(open.session(), open.server(), listener));
    }

    /** Tool calls go the way of all tool calls: checked, and reported. */
    @Override
    public Uni<ObjectNode> request(Call call) {
        return call.method().equals("tools/call")
                ? tools.relay(caller, connection, call)
                : connections
                        .open(caller.subject(), connection)
                        .chain(open -> client.request(open.session(), open.server(), call));
    }
}
