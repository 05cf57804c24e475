package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.connection.NewConnection;
import io.flowmaestro.connections.oauth.connection.NewCredential;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has granted, sealed, from before the registry is asked to store it until that is settled.
 *
 * @param id makes the write idempotent: of the connection that is made, or of the flow that renews one
 * @param flow whose result waits for it; null where nobody signed in
 * @param target what is made or renewed
 * @param envelope of the tokens
 * @param refreshable whether there is anything to renew them with
 * @param refused the registry will never have it: its tokens are to be revoked
 */
record PendingGrant(
        UUID id,
        UUID user,
        UUID connection,
        @Nullable UUID flow,
        String provider,
        Target target,
        JsonNode envelope,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata,
        boolean refused,
        Instant since) {

    sealed interface Target {}

    /**
     * A connection that is to be made.
     *
     * @param mcpServerUrl as much of it as may be seen; the whole is sealed with the tokens
     */
    record Made(String name, @Nullable String mcpServerUrl) implements Target {}

    /** One that exists, and that nobody has asked the registry to renew yet. */
    record Renewed() implements Target {}

    /**
     * The same when the registry is asked, or may have been.
     *
     * @param generation over which it is written, and over no other
     */
    record Bound(long generation) implements Target {}

    PendingGrant at(Target other) {
        return new PendingGrant(
                id,
                user,
                connection,
                flow,
                provider,
                other,
                envelope,
                expiresAt,
                refreshable,
                metadata,
                refused,
                since);
    }

    NewConnection of(Made made) {
        return new NewConnection(
                connection,
                user,
                made.name(),
                provider,
                made.mcpServerUrl(),
                envelope,
                expiresAt,
                refreshable,
                metadata);
    }

    NewCredential over(Bound bound) {
        return new NewCredential(id, user, connection, bound.generation(), envelope, expiresAt, refreshable, metadata);
    }

    @Override
    public String toString() {
        return "PendingGrant[" + id + "]";
    }
}
