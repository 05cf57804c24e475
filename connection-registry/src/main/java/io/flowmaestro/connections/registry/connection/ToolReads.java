package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.tool.ToolReview;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the server of a live connection offers, and what was decided about it. */
@ApplicationScoped
class ToolReads {

    private static final String GET = """
            select connection_method, version, mcp_tools, approved_tools, tool_policy, tools_refreshed_at
              from registry.tools_get($1, $2)""";

    private final Pool pool;

    ToolReads(Pool pool) {
        this.pool = pool;
    }

    /** @param refreshedAt when the server was last asked; null when nobody has noted it yet */
    record Tools(
            ConnectionMethod method,
            long version,
            ToolReview review,
            @Nullable Instant refreshedAt) {}

    /** The 404 that missing, deleted and foreign ids share, when there is none. */
    Uni<Tools> require(UUID user, UUID id) {
        return pool.preparedQuery(GET).execute(Tuple.of(user, id)).map(rows -> {
            if (rows.size() == 0) {
                throw RegistryProblem.connectionNotFound();
            }
            return read(rows.iterator().next());
        });
    }

    private static Tools read(Row row) {
        var refreshed = row.getOffsetDateTime("tools_refreshed_at");
        return new Tools(
                ConnectionMethod.of(row.getString("connection_method")),
                row.getLong("version"),
                ToolReview.stored(
                        row.getString("mcp_tools"), row.getString("approved_tools"), row.getString("tool_policy")),
                refreshed == null ? null : refreshed.toInstant());
    }
}
