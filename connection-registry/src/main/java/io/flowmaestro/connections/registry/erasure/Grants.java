package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
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

    /** Those that were deleted before too, unless their provider has ended them. */
    private static final String OPEN = """
            select id, provider, data::text as envelope from registry.connections
             where user_id = $1 and (connection_method = 'oauth2' or signed_in) and revoked_at_provider is null
             order by id""";

    private final UserTransactions transactions;

    Grants(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Closes the user's connections and gives the grants that are still to be ended. Safe to repeat. */
    Uni<List<GrantRevoker.Grant>> close(UUID user) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(CLOSE)
                        .execute(Tuple.of(user))
                        .chain(() -> sql.preparedQuery(OPEN).execute(Tuple.of(user)))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> new GrantRevoker.Grant(
                                        row.getUUID("id"), row.getString("provider"), row.getString("envelope")))
                                .toList()));
    }
}
