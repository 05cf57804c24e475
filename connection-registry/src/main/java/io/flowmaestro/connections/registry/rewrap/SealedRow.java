package io.flowmaestro.connections.registry.rewrap;

import java.util.UUID;

/**
 * A connection's envelope as it was read.
 *
 * @param envelope JSON text as PostgreSQL prints it
 */
public record SealedRow(UUID connection, String envelope) {

    @Override
    public String toString() {
        return "SealedRow[%s]".formatted(connection);
    }
}
