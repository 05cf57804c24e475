package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Sealing and opening of connection data, which the vault does. */
public interface Sealing {

    /** The envelope of the data, bound to its owner and connection. */
    Uni<JsonNode> seal(UUID owner, UUID connection, ObjectNode data);

    /** The data inside a connection's envelope. */
    Uni<ObjectNode> open(StoredConnection connection);
}
