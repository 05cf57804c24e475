package io.flowmaestro.connections.registry.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as its owner sees it. */
record EventView(
        UUID id,
        UUID connectionId,
        String type,
        Instant occurredAt,
        String actor,
        String via,
        @Nullable String traceId,
        @JsonRawValue String details) {

    static EventView of(Row row) {
        return new EventView(
                row.getUUID("id"),
                row.getUUID("connection_id"),
                row.getString("type"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("actor"),
                row.getString("via"),
                row.getString("trace_id"),
                row.getString("details"));
    }
}
