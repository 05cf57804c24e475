package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.data.Secret;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Seals the data of one connection. The registry cannot open what comes back. */
public interface Sealer {

    /** The envelope as JSON text; it opens only for this user and this connection. */
    Uni<String> seal(UUID user, UUID connection, Secret plaintext);
}
