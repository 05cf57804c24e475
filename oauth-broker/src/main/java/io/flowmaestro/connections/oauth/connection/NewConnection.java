package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth connection to be created; its id is made here, for the envelope is bound to it.
 *
 * @param mcpServerUrl of the MCP server that the tokens are for; null for a provider's own API, which makes the method
 *     oauth2
 * @param refreshable whether there is a refresh token in the envelope
 */
public record NewConnection(
        UUID id,
        UUID owner,
        String name,
        String provider,
        @Nullable String mcpServerUrl,
        JsonNode envelope,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {}
