package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The columns of a summary, and how a row of them is read. */
final class ConnectionRows {

    private static final String COMMON = """
            id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tool_count,
            capabilities::text as capabilities, metadata::text as metadata, version, expires_at, last_used_at,
            last_tested_at, last_test::text as last_test, created_at, updated_at""";

    static final String WHOLE = COMMON + ", mcp_tools::text as mcp_tools";
    static final String LISTED = COMMON + ", null::text as mcp_tools";

    private ConnectionRows() {}

    static Connection read(Row row) {
        return new Connection(
                row.getUUID("id"),
                row.getString("name"),
                ConnectionMethod.of(row.getString("connection_method")),
                row.getString("provider"),
                ConnectionStatus.of(row.getString("status")),
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
