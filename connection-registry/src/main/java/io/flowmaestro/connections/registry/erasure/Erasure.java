package io.flowmaestro.connections.registry.erasure;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a user; the receipt once it is finished.
 *
 * @param steps what each service removed, by its name; the vault's holds its own receipt
 * @param lastError why it is not finished yet
 */
record Erasure(
        UUID id,
        UUID userId,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @JsonRawValue String steps,
        @Nullable String lastError) {

    static final String COLUMNS =
            "id, user_id, requested_by, requested_at, finished_at, steps::text as steps, last_error";

    static Erasure of(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new Erasure(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("requested_by"),
                row.getOffsetDateTime("requested_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getString("steps"),
                row.getString("last_error"));
    }
}
