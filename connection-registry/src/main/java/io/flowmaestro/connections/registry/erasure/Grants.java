package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What a user's connections hold that providers have granted. */
@ApplicationScoped
class Grants {

    /**
     * From here on nobody uses or refreshes a connection of the user's, and the queue of revocations lets go of them. Rows
     * are locked in the order in which every change takes its locks.
     */
    private static final String CLOSE = """
            with own as materialized (
              select id from registry.connections where user_id = $1 order by id for update)
            update registry.connections c
               set deleted_at = coalesce(c.deleted_at, now()), revocation_due_at = null, revocation_since = null,
                   revocation_claimed_until = null
              from own where c.id = own.id and c.user_id = $1""";

    /** What signed-in MCP servers are called together: they need not have anything else in common. */
    static final String MCP = "mcp";

    /** Those that were deleted before too, unless their provider has ended them. */
    private static final String OPEN = """
            select id, case when connection_method = 'mcp' then 'mcp' else provider end as provider,
                   data::text as envelope
              from registry.connections
             where user_id = $1 and (connection_method = 'oauth2' or signed_in) and revoked_at_provider is null
             order by id""";

    private static final String ENDED =
            "select count(*)::integer from registry.connections where user_id = $1 and revoked_at_provider >= $2";

    private static final String END = """
            with own as materialized (
              select id from registry.connections where user_id = $1 and id = any($2) order by id for update)
            update registry.connections c set revoked_at_provider = now()
              from own where c.id = own.id and c.user_id = $1""";

    private final UserTransactions transactions;

    Grants(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The grants of connections that are closed.
     *
     * @param ended how many an earlier try has ended
     * @param open those that are still to be ended
     */
    record Closed(int ended, List<GrantRevoker.Grant> open) {}

    /**
     * Closes the user's connections. Safe to repeat.
     *
     * @param since when the erasure was asked for: what was ended before is not its doing
     */
    Uni<Closed> close(UUID user, OffsetDateTime since) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(CLOSE)
                        .execute(Tuple.of(user))
                        .chain(() -> sql.preparedQuery(ENDED).execute(Tuple.of(user, since)))
                        .map(rows -> rows.iterator().next().getInteger(0))
                        .chain(ended -> open(sql, user).map(open -> new Closed(ended, open))));
    }

    private static Uni<List<GrantRevoker.Grant>> open(SqlConnection sql, UUID user) {
        return sql.preparedQuery(OPEN)
                .execute(Tuple.of(user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new GrantRevoker.Grant(
                                row.getUUID("id"), row.getString("provider"), row.getString("envelope")))
                        .toList());
    }

    /** Writes down that their providers have ended them, so that no later try asks for them again. */
    Uni<Void> ended(UUID user, List<UUID> connections) {
        return connections.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.run(
                        user,
                        sql -> sql.preparedQuery(END)
                                .execute(Tuple.of(user, connections.toArray(UUID[]::new)))
                                .replaceWithVoid());
    }
}
