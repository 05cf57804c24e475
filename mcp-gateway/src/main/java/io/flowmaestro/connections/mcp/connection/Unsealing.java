package io.flowmaestro.connections.mcp.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Opens a connection's sealed data, for the one call that needs it. */
public interface Unsealing {
    Uni<byte[]> open(UUID user, UUID connection, JsonNode envelope);
}
