package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new grant for a connection that exists, before its data is sealed.
 *
 * @param attempt makes the write idempotent
 * @param data tokens in the clear
 * @param refreshable whether there is anything to renew them with
 */
public record RenewedConnection(
        UUID attempt,
        StoredConnection former,
        ObjectNode data,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {

    @Override
    public String toString() {
        return "RenewedConnection[" + former.id() + "]";
    }
}
