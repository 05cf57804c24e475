package io.flowmaestro.connections.mcp.connection;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Where connections are kept. A foreign and a missing one fail with the same 404 problem. */
public interface StoredConnections {
    Uni<StoredConnection> load(UUID user, UUID id);
}
