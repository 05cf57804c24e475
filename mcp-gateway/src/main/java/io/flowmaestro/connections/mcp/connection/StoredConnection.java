package io.flowmaestro.connections.mcp.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the registry keeps it, its data sealed.
 *
 * @param envelope the vault's envelope, opaque here
 * @param testDue whether its last test is more than 24 hours old
 * @param toolPolicy which tools may be called
 */
public record StoredConnection(
        UUID id,
        String method,
        String status,
        @Nullable String statusReason,
        long credentialGeneration,
        JsonNode envelope,
        boolean testDue,
        ToolPolicy toolPolicy) {

    boolean isMcp() {
        return method.equals("mcp");
    }

    boolean isActive() {
        return status.equals("active");
    }

    boolean isRevoked() {
        return status.equals("revoked");
    }

    StoredConnection standing(TestsBeforeUse.Standing now) {
        return new StoredConnection(
                id, method, now.status(), now.statusReason(), credentialGeneration, envelope, false, toolPolicy);
    }
}
