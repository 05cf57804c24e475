package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.tool.ToolChanges;
import io.flowmaestro.connections.registry.tool.ToolReview;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * Keeps what tests have seen of tools. By statements of its own: many tests run at once in one context of the scheduler,
 * where Hibernate's callers would share a session, and with it the user that row security is told of.
 */
@ApplicationScoped
class ToolStore {

    private static final String LOCK = """
            select mcp_tools::text as mcp_tools, approved_tools::text as approved_tools, tool_policy::text as tool_policy
              from registry.connections
             where id = $1 and user_id = $2 and deleted_at is null and version = $3 for update""";

    private static final String KEEP = """
            update registry.connections
               set mcp_tools = $3::text::jsonb, approved_tools = $4::text::jsonb, tool_policy = $5::text::jsonb,
                   capabilities = $6::text::jsonb,
                   metadata = metadata || jsonb_build_object('server_info', $7::text::jsonb), tools_refreshed_at = now()
             where id = $1 and user_id = $2""";

    private final UserTransactions transactions;

    ToolStore(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Nothing happens when the connection is gone, or was edited: it may be of another server. */
    Uni<Void> keep(Caller by, UUID id, long version, ToolDiscovery.Discovered discovered, Instant now) {
        return transactions.run(
                by.subject(),
                sql -> sql.preparedQuery(LOCK)
                        .execute(Tuple.of(id, by.subject(), version))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().voidItem()
                                : keep(sql, by, id, rows.iterator().next(), discovered, now)));
    }

    private static Uni<Void> keep(
            SqlConnection sql, Caller by, UUID id, Row row, ToolDiscovery.Discovered discovered, Instant now) {
        var before = ToolReview.stored(
                row.getString("mcp_tools"), row.getString("approved_tools"), row.getString("tool_policy"));
        var after = row.getString("mcp_tools") == null
                ? ToolReview.first(discovered.tools(), before.policy())
                : before.relisted(discovered.tools());
        var values = Tuple.tuple()
                .addUUID(id)
                .addUUID(by.subject())
                .addString(discovered.tools().toString())
                .addString(after.storedApproved())
                .addString(after.storedPolicy())
                .addString(discovered.capabilities().toString())
                .addString(discovered.serverInfo().toString());
        return sql.preparedQuery(KEEP).execute(values).chain(() -> recorded(sql, by, id, before.changesTo(after), now));
    }

    private static Uni<Void> recorded(SqlConnection sql, Caller by, UUID id, ToolChanges changes, Instant now) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : Events.record(sql, Event.of(by, id, EventType.TOOLS_CHANGED, now, changes.details()));
    }
}
