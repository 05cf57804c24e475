package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Refresh leases: at most one live per connection, by PostgreSQL's clock. Each call is one short transaction. */
@ApplicationScoped
class LeaseRepository {

    private static final String CLAIM = """
            insert into oauth.refresh_leases as held (connection_id, user_id, owner, generation, deadline)
            values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
            on conflict (connection_id) do update
                set owner = excluded.owner, generation = excluded.generation, deadline = excluded.deadline
                where held.deadline <= clock_timestamp()
            """;
    private static final String RELEASE =
            "delete from oauth.refresh_leases where connection_id = $1 and user_id = $2 and owner = $3";

    private final UserTransactions transactions;

    LeaseRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Whether the lease is now {@code owner}'s: it was free, or its deadline had passed. */
    Uni<Boolean> claim(OpenConnection connection, UUID owner, Duration length) {
        UUID user = connection.stored().owner();
        var row = Tuple.of(connection.stored().id(), user, owner, connection.generation(), length.toMillis() / 1000.0);
        return transactions.run(
                user, sql -> sql.preparedQuery(CLAIM).execute(row).map(result -> result.rowCount() == 1));
    }

    /** Gives the lease back early; one that has since passed to another owner is left alone. */
    Uni<Void> release(OpenConnection connection, UUID owner) {
        UUID user = connection.stored().owner();
        var row = Tuple.of(connection.stored().id(), user, owner);
        return transactions.run(
                user, sql -> sql.preparedQuery(RELEASE).execute(row).replaceWithVoid());
    }
}
