package io.flowmaestro.connections.readbaseline;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** One SELECT each, on the registry's own table, as a role that row security does not apply to. */
@ApplicationScoped
class BareRows {

    private static final String COLUMNS = """
            id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tool_count,
            capabilities::text as capabilities, metadata::text as metadata, version, expires_at, last_used_at,
            last_tested_at, last_test::text as last_test, created_at, updated_at""";

    private static final String GET =
            "select " + COLUMNS + ", mcp_tools::text as mcp_tools from registry.connections where id = $1";

    private static final String LIST = "select " + COLUMNS
            + ", null::text as mcp_tools from registry.connections where user_id = $1 and deleted_at is null"
            + " order by created_at desc, id desc limit $2";

    private final Pool pool;

    BareRows(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<BareConnection>> find(UUID id) {
        return pool.preparedQuery(GET)
                .execute(Tuple.of(id))
                .map(rows -> read(rows).stream().findFirst());
    }

    /** One row more than asked for, as the registry reads it to know whether there is another page. */
    Uni<List<BareConnection>> list(UUID user, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(user, limit + 1))
                .map(rows -> read(rows).stream().limit(limit).toList());
    }

    private static List<BareConnection> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(BareConnection::of)
                .toList();
    }
}
