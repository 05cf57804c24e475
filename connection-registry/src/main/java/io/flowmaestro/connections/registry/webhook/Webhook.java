package io.flowmaestro.connections.registry.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner sees it.
 *
 * @param events the types it gets, {@code connection.expired} for example
 * @param secret verifies signatures; shown once, when the webhook is made; to that request sent again with its key, too
 */
record Webhook(
        UUID id,
        String url,
        List<String> events,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static final String PREFIX = "connection.";

    static Webhook of(Row row) {
        return new Webhook(
                row.getUUID("id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("events")).stream()
                        .map(type -> PREFIX + type)
                        .toList(),
                row.getOffsetDateTime("created_at").toInstant(),
                null);
    }

    Webhook with(String shownOnce) {
        return new Webhook(id, url, events, createdAt, shownOnce);
    }

    @Override
    public String toString() {
        return "Webhook[%s]".formatted(id);
    }
}
