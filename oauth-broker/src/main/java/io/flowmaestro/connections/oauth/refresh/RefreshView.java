package io.flowmaestro.connections.oauth.refresh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user sees of a refresh: no token. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RefreshView(
        UUID connectionId,
        String provider,
        String status,
        @Nullable Instant expiresAt,
        long credentialVersion) {

    static RefreshView of(OpenConnection connection) {
        return new RefreshView(
                connection.stored().id(),
                connection.stored().provider(),
                "active",
                connection.tokens().expiresAt(),
                connection.generation());
    }
}
