package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth connection before its data is sealed.
 *
 * @param data tokens in the clear
 * @param mcpServerUrl of the MCP server that the tokens are for; null for a provider's own API, which makes the method
 *     oauth2
 * @param refreshable whether there is anything to renew them with
 */
public record OAuthConnection(
        UUID id,
        UUID owner,
        String name,
        String provider,
        @Nullable String mcpServerUrl,
        ObjectNode data,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {

    @Override
    public String toString() {
        return "OAuthConnection[" + id + "]";
    }
}
