package io.flowmaestro.connections.mcp.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the registry keeps it, its data sealed.
 *
 * @param envelope the vault's envelope, opaque here
 */
public record StoredConnection(
        UUID id,
        String method,
        String status,
        @Nullable String statusReason,
        long credentialGeneration,
        JsonNode envelope) {

    boolean isMcp() {
        return method.equals("mcp");
    }

    boolean isActive() {
        return status.equals("active");
    }
}
