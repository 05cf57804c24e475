package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A user's keys as an operator sees them, and the one thing to set there. */
@ApplicationScoped
public class UserKeyRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String FIND = """
            select o.key_id, o.newest_version, o.minimum_version, o.rotated_at,
                   k.key_version, k.created_at, k.messages_reserved, k.kek_id
              from vault.key_owners o join vault.data_keys k on k.user_id = o.user_id and k.key_id = o.key_id
             where o.user_id = $1 order by k.key_version desc""";
    private static final String SET_MINIMUM = """
            update vault.key_owners set minimum_version = $2, epoch = nextval('vault.key_epoch')
             where user_id = $1 and newest_version >= $2
               and ($2 <= minimum_version or rotated_at < now() - make_interval(secs => $3))""";

    private final UserTransactions transactions;

    UserKeyRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Empty for a user who has no key, be it that none was made yet or that it was destroyed. */
    public Uni<Optional<UserKeys>> find(KeyScope scope) {
        return as(
                scope,
                connection -> connection
                        .preparedQuery(FIND)
                        .execute(Tuple.of(scope.user()))
                        .map(rows ->
                                StreamSupport.stream(rows.spliterator(), false).toList())
                        .map(UserKeyRepository::userKeys));
    }

    /** False when there is no such version, or when the newest one is younger than {@code quiet} and the minimum would rise. */
    public Uni<Boolean> setMinimum(KeyScope scope, int version, Duration quiet) {
        return as(
                scope,
                connection -> connection
                        .preparedQuery(SET_MINIMUM)
                        .execute(Tuple.of(scope.user(), version, quiet.toSeconds()))
                        .map(rows -> rows.rowCount() == 1));
    }

    private <T> Uni<T> as(KeyScope scope, Function<SqlConnection, Uni<T>> work) {
        return transactions
                .run(scope.user(), work)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate);
    }

    private static Optional<UserKeys> userKeys(List<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> new UserKeys(
                        row.getUUID("key_id"),
                        row.getInteger("newest_version"),
                        row.getInteger("minimum_version"),
                        row.getOffsetDateTime("rotated_at"),
                        rows.stream().map(UserKeyRepository::version).toList()));
    }

    private static UserKeys.Version version(Row row) {
        return new UserKeys.Version(
                row.getInteger("key_version"),
                row.getOffsetDateTime("created_at"),
                row.getLong("messages_reserved"),
                row.getUUID("kek_id"));
    }
}
