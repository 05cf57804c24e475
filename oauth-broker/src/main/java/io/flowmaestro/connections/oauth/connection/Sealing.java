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
    default Uni<ObjectNode> open(StoredConnection connection) {
        return open(connection.owner(), connection.id(), connection.envelope());
    }

    /** The same for one that may be deleted. */
    Uni<ObjectNode> open(UUID owner, UUID connection, JsonNode envelope);

    /** The envelope of a key under which a provider's answer is sealed, bound to its owner and connection. */
    Uni<JsonNode> sealKey(UUID owner, UUID connection, byte[] key);

    /** What an administrator registered with a provider; the scope and the record are what the vault knows it by. */
    Uni<String> openClientSecret(UUID keyScope, UUID record, JsonNode envelope);

    /** The key inside such an envelope. */
    Uni<byte[]> openKey(UUID owner, UUID connection, JsonNode envelope);
}
