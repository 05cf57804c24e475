package io.flowmaestro.connections.mcp.endpoint.destination;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Where a user's connections are listed. */
public interface UserConnections {

    /** The active MCP connections, no more than 100. Fails with a problem when the registry does not answer. */
    Uni<List<Found>> activeMcp(UUID user);

    record Found(UUID id, String name) {}
}
