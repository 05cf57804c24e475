package io.flowmaestro.connections.registry.notice;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that an owner should hear of. */
record Notice(
        UUID event,
        UUID connection,
        String type,
        String name,
        @Nullable String reason,
        Instant occurredAt) {

    static Notice of(Row row) {
        return new Notice(
                row.getUUID("event_id"),
                row.getUUID("connection_id"),
                row.getString("type"),
                row.getString("name"),
                row.getString("reason"),
                row.getOffsetDateTime("occurred_at").toInstant());
    }
}
