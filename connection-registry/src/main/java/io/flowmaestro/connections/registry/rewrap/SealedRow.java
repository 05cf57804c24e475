package io.flowmaestro.connections.registry.rewrap;

import java.util.UUID;

/**
 * An envelope as it was read.
 *
 * @param id of the row
 * @param name the id of a connection or webhook, the key of a provider
 * @param envelope JSON text as PostgreSQL prints it
 */
public record SealedRow(Store store, UUID id, String name, String envelope) {

    /** For messages: {@code webhook 0190…}. */
    String described() {
        return store.naming(name);
    }

    @Override
    public String toString() {
        return "SealedRow[%s]".formatted(described());
    }
}
