package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
record CreateWire(
        UUID id,
        String name,
        String connectionMethod,
        String provider,
        @Nullable String mcpServerUrl,
        JsonNode envelope,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {}
