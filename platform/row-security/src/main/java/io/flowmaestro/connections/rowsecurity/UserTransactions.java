package io.flowmaestro.connections.rowsecurity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * Transactions that belong to one user. The setting that the row policies compare with is local to the transaction,
 * so a pooled connection never carries one user's identity into another's work.
 */
@ApplicationScoped
public class UserTransactions {

    private static final String SET_USER = "select set_config('app.user_id', $1, true)";

    private final Pool pool;

    UserTransactions(Pool pool) {
        this.pool = pool;
    }

    /** Runs {@code work} as {@code user} in one transaction: committed when it completes, rolled back when it fails. */
    public <T> Uni<T> run(UUID user, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SET_USER)
                .execute(Tuple.of(user.toString()))
                .chain(() -> work.apply(connection)));
    }
}
