package io.flowmaestro.connections.oauth.refresh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user sees of a refresh: no token.
 *
 * @param renewed whether the tokens are newer than when the user asked; those of a moment ago stay as they are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RefreshView(
        UUID connectionId,
        String provider,
        String status,
        @Nullable Instant expiresAt,
        long credentialVersion,
        boolean renewed) {

    static RefreshView of(RefreshService.Forced forced) {
        OpenConnection connection = forced.connection();
        return new RefreshView(
                connection.stored().id(),
                connection.stored().provider(),
                "active",
                connection.tokens().expiresAt(),
                connection.generation(),
                forced.renewed());
    }
}
