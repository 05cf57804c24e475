package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection without its secrets, as it is stored and as it is shown. The JSON columns stay text on their way from
 * the database to the answer.
 *
 * @param mcpTools tool definitions; absent in lists, which carry their number only
 * @param lastTestedAt when a test last told whether the credential works
 * @param lastTest result of the last test, also of one that could not tell
 * @param version the entity tag; moves only with what a user edits
 */
public record Connection(
        UUID id,
        String name,
        ConnectionMethod connectionMethod,
        String provider,
        ConnectionStatus status,
        @Nullable String statusReason,
        @Nullable String mcpServerUrl,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String mcpTools,

        @Nullable Integer mcpToolCount,
        @JsonRawValue String capabilities,
        @JsonRawValue String metadata,
        long version,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant lastTestedAt,
        @JsonRawValue @Nullable String lastTest,
        Instant createdAt,
        Instant updatedAt) {}
