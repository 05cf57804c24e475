package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its envelope, for the services that may open it.
 *
 * @param testDue whether it has to be tested before it is used
 * @param toolPolicy which tools of an MCP server are refused, with the hashes of the approved ones if that matters; null
 *     when none is
 */
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
        @Nullable Instant lastTestedAt,
        boolean testDue,
        @JsonRawValue String envelope,
        @Nullable String mcpServerUrl,
        @JsonRawValue String metadata,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String toolPolicy) {

    static final String SQL = """
            select id, name, connection_method, provider, status, status_reason, version, credential_generation,
                   expires_at, last_tested_at,
                   status = 'active' and registry.test_is_due(last_tested_at, last_test_attempt_at) as test_due,
                   data::text as envelope, mcp_server_url, metadata::text as metadata,
                   registry.tools_refused(tool_policy)::text as tool_policy
              from registry.credential_get($1, $2)""";

    static SealedCredential of(Row row) {
        return new SealedCredential(
                row.getUUID("id"),
                row.getString("name"),
                ConnectionMethod.of(row.getString("connection_method")),
                row.getString("provider"),
                ConnectionStatus.of(row.getString("status")),
                row.getString("status_reason"),
                row.getLong("version"),
                row.getLong("credential_generation"),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("last_tested_at")),
                row.getBoolean("test_due"),
                row.getString("envelope"),
                row.getString("mcp_server_url"),
                row.getString("metadata"),
                row.getString("tool_policy"));
    }

    /** The same, without a due test where no test can say anything. */
    SealedCredential untestable() {
        return new SealedCredential(
                id,
                name,
                connectionMethod,
                provider,
                status,
                statusReason,
                version,
                credentialGeneration,
                expiresAt,
                lastTestedAt,
                false,
                envelope,
                mcpServerUrl,
                metadata,
                toolPolicy);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    @Override
    public String toString() {
        return "SealedCredential[%s]".formatted(id);
    }
}
