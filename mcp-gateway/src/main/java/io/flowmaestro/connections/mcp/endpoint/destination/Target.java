package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What is behind the endpoint for one caller. Failures are those of the MCP client, or problems. */
public interface Target {

    /** What the server says of itself to a client like this. */
    Uni<ServerFacts> facts(Listener listener);

    /**
     * What the servers behind tell while no call is under way, until it is cancelled. A server that cannot be listened to
     * tells nothing. Fails only when it cannot be told which servers there are.
     */
    Multi<Incoming.Notification> changes(Wanted wanted);

    /** The result object of a request of any method. */
    Uni<ObjectNode> request(Call call);
}
