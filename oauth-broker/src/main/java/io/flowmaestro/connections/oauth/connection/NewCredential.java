package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential to be written over the one of a given generation.
 *
 * @param attempt makes the write idempotent: the same attempt again is answered as before
 * @param refreshable whether there is a refresh token in the envelope
 * @param metadata members that replace those of the same name, such as scopes
 */
public record NewCredential(
        UUID attempt,
        UUID owner,
        UUID connection,
        long expectedGeneration,
        JsonNode envelope,
        @Nullable Instant expiresAt,
        boolean refreshable,
        Map<String, Object> metadata) {}
