package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.migration.source.Table;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of a source row, before the registry is asked. */
public sealed interface MappedRow {
    Table table();

    /** As the source writes it. */
    String sourceId();

    Optional<UUID> userId();

    /**
     * A connection to import.
     *
     * @param body an entry of the registry's request; holds the sealed secret, and is never shown
     * @param notes what was changed on the way
     */
    record Importable(Table table, UUID id, UUID owner, ObjectNode body, List<String> notes) implements MappedRow {
        @Override
        public String sourceId() {
            return id.toString();
        }

        @Override
        public Optional<UUID> userId() {
            return Optional.of(owner);
        }

        @Override
        public String toString() {
            return table.tableName() + " " + id;
        }
    }

    /** A row that cannot be a connection; the registry is not asked. */
    record Unusable(Table table, String sourceId, Optional<UUID> userId, String code, String detail)
            implements MappedRow {}
}
