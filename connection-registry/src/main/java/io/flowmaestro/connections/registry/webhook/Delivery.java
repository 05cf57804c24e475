package io.flowmaestro.connections.registry.webhook;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a webhook, as its owner sees it.
 *
 * @param status {@code pending}, {@code delivered}, or {@code dead} after the last attempt
 * @param lastError what went wrong at the last attempt; never what the receiver said
 */
record Delivery(
        UUID id,
        UUID eventId,
        String type,
        String status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static final String COLUMNS =
            "id, event_id, type, status, attempts, due_at, last_status, last_error, created_at, finished_at";

    static Delivery of(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        String status = row.getString("status");
        return new Delivery(
                row.getUUID("id"),
                row.getUUID("event_id"),
                Webhook.PREFIX + row.getString("type"),
                status,
                row.getInteger("attempts"),
                status.equals("pending") ? row.getOffsetDateTime("due_at").toInstant() : null,
                row.getInteger("last_status"),
                row.getString("last_error"),
                row.getOffsetDateTime("created_at").toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
