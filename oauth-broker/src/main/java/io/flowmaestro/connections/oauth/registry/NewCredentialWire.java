package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a grant or a refresh brought. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewCredentialWire(
        UUID attemptId,
        long expectedCredentialGeneration,
        JsonNode envelope,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {}
