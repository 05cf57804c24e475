package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads of live connections. None of them selects {@code data}. */
@ApplicationScoped
public class ConnectionReads {

    private static final String GET = "select " + ConnectionRows.WHOLE + " from registry.connection_get($1, $2)";

    private final Pool pool;
    private final UserTransactions transactions;

    ConnectionReads(Pool pool, UserTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /** The user's connection. One statement: the function sets the user for itself. */
    public Uni<Optional<Connection>> find(UUID user, UUID id) {
        return pool.preparedQuery(GET)
                .execute(Tuple.of(user, id))
                .map(rows -> connections(rows).stream().findFirst());
    }

    /** The user's connection, or the 404 that missing, deleted and foreign ids share. */
    public Uni<Connection> require(UUID user, UUID id) {
        return find(user, id).map(found -> found.orElseThrow(RegistryProblem::connectionNotFound));
    }

    /** One statement for the list that is asked for most, else a transaction. */
    Uni<ConnectionPage> list(UUID user, ConnectionQuery query) {
        return query.isCommon()
                ? page(pool, query, query.common(user))
                : transactions.run(user, sql -> query.total() ? counted(sql, user, query) : page(sql, user, query));
    }

    private static Uni<ConnectionPage> page(SqlConnection sql, UUID user, ConnectionQuery query) {
        return page(sql, query, query.page(user));
    }

    private static Uni<ConnectionPage> page(SqlClient sql, ConnectionQuery query, Conditions.Statement page) {
        return sql.preparedQuery(page.sql()).execute(page.parameters()).map(rows -> query.pageOf(connections(rows)));
    }

    private static Uni<ConnectionPage> counted(SqlConnection sql, UUID user, ConnectionQuery query) {
        var count = query.count(user);
        return sql.preparedQuery(count.sql())
                .execute(count.parameters())
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> page(sql, user, query).map(page -> page.withTotal(total)));
    }

    Uni<ConnectionStats> stats(UUID user) {
        return transactions.run(
                user,
                connection -> connection
                        .preparedQuery(ConnectionStats.SQL)
                        .execute(Tuple.of(user))
                        .map(ConnectionStats::of));
    }

    private static List<Connection> connections(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ConnectionRows::read)
                .toList();
    }
}
