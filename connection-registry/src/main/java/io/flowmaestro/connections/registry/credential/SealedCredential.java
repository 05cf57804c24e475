package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection with its envelope, for the services that may open it. */
record SealedCredential(
        UUID id,
        String name,
        ConnectionMethod connectionMethod,
        String provider,
        ConnectionStatus status,
        @Nullable String statusReason,
        long version,
        long credentialGeneration,
        @Nullable Instant expiresAt,
        @JsonRawValue String envelope,
        @Nullable String mcpServerUrl,
        @JsonRawValue String metadata) {

    static final String SQL = """
            select id, name, connection_method, provider, status, status_reason, version, credential_generation,
                   expires_at, data::text as envelope, mcp_server_url, metadata::text as metadata
              from registry.credential_get($1, $2)""";

    static SealedCredential of(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new SealedCredential(
                row.getUUID("id"),
                row.getString("name"),
                ConnectionMethod.of(row.getString("connection_method")),
                row.getString("provider"),
                ConnectionStatus.of(row.getString("status")),
                row.getString("status_reason"),
                row.getLong("version"),
                row.getLong("credential_generation"),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getString("envelope"),
                row.getString("mcp_server_url"),
                row.getString("metadata"));
    }

    @Override
    public String toString() {
        return "SealedCredential[%s]".formatted(id);
    }
}
