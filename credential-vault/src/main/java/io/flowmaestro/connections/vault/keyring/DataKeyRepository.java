package io.flowmaestro.connections.vault.keyring;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Every statement names the user, and row security holds it to that user a second time. */
@ApplicationScoped
class DataKeyRepository implements DataKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String COLUMNS =
            "select key_id, key_version, user_id, kek_id, wrapped_key from vault.data_keys ";
    private static final String NEWEST = COLUMNS + "where user_id = $1 order by key_version desc limit 1";
    private static final String FIND = COLUMNS + "where user_id = $1 and key_id = $2 and key_version = $3";
    private static final String ADD = """
            insert into vault.data_keys (user_id, key_id, key_version, kek_id, wrapped_key)
            values ($1, $2, $3, $4, $5)
            on conflict (user_id, key_version) do nothing""";

    private final UserTransactions transactions;

    DataKeyRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<WrappedDataKey>> newest(KeyScope scope) {
        return bounded(transactions.run(scope.user(), connection -> newest(connection, scope)));
    }

    @Override
    public Uni<Optional<WrappedDataKey>> find(KeyScope scope, KeyVersion version) {
        var parameters = Tuple.of(scope.user(), version.keyId(), version.version());
        return bounded(transactions.run(
                scope.user(),
                connection -> connection.preparedQuery(FIND).execute(parameters).map(DataKeyRepository::first)));
    }

    /** The insert waits for a replica that is just adding its own, and the read after it then sees that one. */
    @Override
    public Uni<WrappedDataKey> add(WrappedDataKey first) {
        var parameters = Tuple.of(
                first.scope().user(),
                first.version().keyId(),
                first.version().version(),
                first.kekId(),
                Buffer.buffer(first.wrapped().toByteArray()));
        return bounded(transactions.run(
                        first.scope().user(),
                        connection -> connection
                                .preparedQuery(ADD)
                                .execute(parameters)
                                .chain(() -> newest(connection, first.scope()))))
                .map(Optional::orElseThrow);
    }

    private static Uni<Optional<WrappedDataKey>> newest(SqlConnection connection, KeyScope scope) {
        return connection.preparedQuery(NEWEST).execute(Tuple.of(scope.user())).map(DataKeyRepository::first);
    }

    private static <T> Uni<T> bounded(Uni<T> work) {
        return work.ifNoItem().after(TIMEOUT).fail().onFailure().transform(DatabaseFailure::translate);
    }

    private static Optional<WrappedDataKey> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(wrappedKey(row.next())) : Optional.empty();
    }

    private static WrappedDataKey wrappedKey(Row row) {
        return new WrappedDataKey(
                new KeyScope(row.getUUID("user_id")),
                new KeyVersion(row.getUUID("key_id"), row.getInteger("key_version")),
                row.getUUID("kek_id"),
                Bytes.copyFrom(row.getBuffer("wrapped_key").getBytes()));
    }
}
