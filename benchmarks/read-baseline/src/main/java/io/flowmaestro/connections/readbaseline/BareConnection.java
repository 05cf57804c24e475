package io.flowmaestro.connections.readbaseline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shape of a connection in the registry's answers. The JSON columns stay text, as there. */
@RegisterForReflection
record BareConnection(
        UUID id,
        String name,
        String connectionMethod,
        String provider,
        String status,
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
        Instant updatedAt) {

    static BareConnection of(Row row) {
        return new BareConnection(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("connection_method"),
                row.getString("provider"),
                row.getString("status"),
                row.getString("status_reason"),
                row.getString("mcp_server_url"),
                row.getString("mcp_tools"),
                row.getInteger("mcp_tool_count"),
                row.getString("capabilities"),
                row.getString("metadata"),
                row.getLong("version"),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("last_used_at")),
                instant(row.getOffsetDateTime("last_tested_at")),
                row.getString("last_test"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
