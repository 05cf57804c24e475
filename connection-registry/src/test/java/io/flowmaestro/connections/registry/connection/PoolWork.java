package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.credential.CredentialWork;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.EventWork;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.proof.Tenants;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** What users do on the pool. Each answer is the number of rows in it that are another user's. */
@ApplicationScoped
class PoolWork {

    static final String BROKEN_OFF = "broken off";

    /** Without a condition: the row policy alone decides. */
    private static final String VISIBLE = "select user_id from registry.connections limit 50";

    private static final List<String> ERRORS = List.of(
            "select 1/0",
            "insert into registry.connections (id, user_id, name, connection_method, provider, data) values "
                    + "(gen_random_uuid(), gen_random_uuid(), 'x', 'api_key', 'x', '{}')",
            "set local statement_timeout = 3; select pg_sleep(0.05)",
            "do $$ begin raise exception 'on purpose'; end $$",
            "delete from registry.connection_events",
            "select no_such_column from registry.connections");

    private final ConnectionReads reads;
    private final ConnectionRepository repository;
    private final UserTransactions transactions;

    PoolWork(ConnectionReads reads, ConnectionRepository repository, UserTransactions transactions) {
        this.reads = reads;
        this.repository = repository;
        this.transactions = transactions;
    }

    /** Something that ought to succeed. */
    Uni<Long> any(UUID user, RandomGenerator random) {
        UUID id = Tenants.connection(user, random);
        return switch (random.nextInt(16)) {
            case 0, 1 -> update(user, id);
            case 2, 3 -> list(user, random);
            case 4 -> reads.stats(user).map(stats -> Math.abs(stats.total() - Tenants.EACH));
            case 5, 6 -> EventWork.connections(user, 1 + random.nextInt(20)).map(ids -> foreign(user, ids));
            case 7, 8, 9 ->
                CredentialWork.envelope(user, id).map(envelope -> envelope.contains(user.toString()) ? 0L : 1L);
            case 10, 11 -> foreignRead(user, random);
            case 12 -> transactions.run(user, sql -> visible(sql, user));
            default -> reads.require(user, id).map(found -> Tenants.isForeign(user, found.id()) ? 1L : 0L);
        };
    }

    private Uni<Long> list(UUID user, RandomGenerator random) {
        ConnectionSort sort = ConnectionSort.values()[random.nextInt(ConnectionSort.values().length)];
        var query = new ConnectionQuery(
                null, null, null, null, sort, 1 + random.nextInt(Tenants.EACH), random.nextBoolean(), null);
        return reads.list(user, query)
                .map(page -> foreign(
                        user, page.connections().stream().map(Connection::id).toList()));
    }

    private Uni<Long> update(UUID user, UUID id) {
        return repository
                .change(Tenants.caller(user), id, EventType.UPDATED, connection -> {
                    connection.version++;
                    return Map.of();
                })
                .replaceWith(0L);
    }

    /** Another user's connection has to be missing. */
    private Uni<Long> foreignRead(UUID user, RandomGenerator random) {
        UUID other = Tenants.user(random.nextInt(Tenants.USERS));
        UUID id = Tenants.connection(other, random);
        return other.equals(user)
                ? Uni.createFrom().item(0L)
                : reads.find(user, id).map(found -> found.isPresent() ? 1L : 0L);
    }

    private static Uni<Long> visible(SqlConnection sql, UUID user) {
        return sql.query(VISIBLE)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> !row.getUUID(0).equals(user))
                        .count());
    }

    private static long foreign(UUID user, List<UUID> connections) {
        return connections.stream().filter(id -> Tenants.isForeign(user, id)).count();
    }

    /** Something that fails in the middle of its transaction, after it wrote. */
    Uni<Long> failing(UUID user, RandomGenerator random) {
        UUID id = Tenants.connection(user, random);
        return switch (random.nextInt(4)) {
            case 0 ->
                repository
                        .change(Tenants.caller(user), id, EventType.UPDATED, connection -> {
                            connection.name = BROKEN_OFF;
                            throw new ProblemException(RegistryProblem.PRECONDITION_FAILED, "on purpose");
                        })
                        .replaceWith(0L);
            case 1 ->
                transactions.run(
                        user,
                        sql -> write(sql, user, id)
                                .invoke(() -> {
                                    throw new IllegalStateException("on purpose");
                                })
                                .replaceWith(0L));
            case 2 ->
                transactions.run(user, _ -> {
                    throw new IllegalStateException("on purpose");
                });
            default ->
                transactions.run(
                        user,
                        sql -> write(sql, user, id)
                                .chain(() -> sql.query(ERRORS.get(random.nextInt(ERRORS.size())))
                                        .execute())
                                .replaceWith(0L));
        };
    }

    /** Something that takes its time in a transaction, after it wrote: to be given up. */
    Uni<Long> slow(UUID user, RandomGenerator random) {
        UUID id = Tenants.connection(user, random);
        return transactions.run(
                user,
                sql -> write(sql, user, id)
                        .chain(() -> sql.query("select pg_sleep(0.01)").execute())
                        .chain(() -> Uni.createFrom().<Long>failure(new IllegalStateException("on purpose"))));
    }

    private static Uni<Void> write(SqlConnection sql, UUID user, UUID id) {
        return sql.preparedQuery("update registry.connections set name = $3 where id = $1 and user_id = $2")
                .execute(Tuple.of(id, user, BROKEN_OFF))
                .replaceWithVoid();
    }
}
