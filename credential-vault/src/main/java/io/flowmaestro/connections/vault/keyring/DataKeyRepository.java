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
import java.util.UUID;
import java.util.function.Function;

/** Every statement names the user, and row security holds it to that user a second time. */
@ApplicationScoped
class DataKeyRepository implements DataKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String COLUMNS = """
            select k.key_id, k.key_version, k.user_id, k.kek_id, k.wrapped_key, o.epoch
              from vault.key_owners o join vault.data_keys k on k.user_id = o.user_id and k.key_id = o.key_id
             where o.user_id = $1""";
    private static final String NEWEST = COLUMNS + " and k.key_version = o.newest_version";
    private static final String FIND =
            COLUMNS + " and k.key_id = $2 and k.key_version = $3 and k.key_version >= o.minimum_version";
    private static final String ANY = COLUMNS + " and k.key_id = $2 and k.key_version = $3";
    private static final String REPLACE_WRAPPING = """
            update vault.data_keys set kek_id = $4, wrapped_key = $5
             where user_id = $1 and key_id = $2 and key_version = $3 and kek_id = $6""";
    private static final String OWN =
            "insert into vault.key_owners (user_id, key_id, newest_version) values ($1, $2, 1) on conflict do nothing";
    /** The share lock makes a change of the primary key wait, and a change that was first leaves nothing to select. */
    private static final String STORE = """
            insert into vault.data_keys (user_id, key_id, key_version, kek_id, wrapped_key)
            select $1, $2, $3, kek_id, $5 from vault.key_encryption_keys
             where kek_id = $4 and state = 'primary' for share""";

    private static final String ROTATE = """
            update vault.key_owners
               set newest_version = $3, epoch = nextval('vault.key_epoch'), rotated_at = now()
             where user_id = $1 and key_id = $2 and newest_version = $3 - 1""";
    private static final String RESERVE = """
            update vault.data_keys k set messages_reserved = least(k.messages_reserved + $4, $5)
              from (select messages_reserved from vault.data_keys
                     where user_id = $1 and key_id = $2 and key_version = $3 for update) before
             where user_id = $1 and key_id = $2 and key_version = $3 and k.messages_reserved < $5
            returning k.messages_reserved - before.messages_reserved as granted""";

    private final UserTransactions transactions;

    DataKeyRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<StoredDataKey>> newest(KeyScope scope) {
        return as(scope, connection -> select(connection, NEWEST, Tuple.of(scope.user())));
    }

    @Override
    public Uni<Optional<StoredDataKey>> find(KeyScope scope, KeyVersion version) {
        return as(scope, connection -> select(connection, FIND, place(scope, version)));
    }

    @Override
    public Uni<Optional<WrappedDataKey>> any(KeyScope scope, KeyVersion version) {
        return as(scope, connection -> select(connection, ANY, place(scope, version)))
                .map(found -> found.map(StoredDataKey::key));
    }

    @Override
    public Uni<Void> replaceWrapping(WrappedDataKey rewrapped, UUID formerKek) {
        var parameters = row(rewrapped).addValue(formerKek);
        return as(
                rewrapped.scope(),
                connection -> connection
                        .preparedQuery(REPLACE_WRAPPING)
                        .execute(parameters)
                        .replaceWithVoid());
    }

    /** A replica that is just adding its own is waited for, and its key is the one that stays. */
    @Override
    public Uni<Void> add(WrappedDataKey first) {
        var scope = first.scope();
        var owner = Tuple.of(scope.user(), first.version().keyId());
        return as(
                scope,
                connection -> connection
                        .preparedQuery(OWN)
                        .execute(owner)
                        .chain(owned -> owned.rowCount() == 1
                                ? store(connection, first)
                                : Uni.createFrom().voidItem()));
    }

    @Override
    public Uni<Boolean> rotate(WrappedDataKey next) {
        var scope = next.scope();
        return as(
                scope,
                connection -> connection
                        .preparedQuery(ROTATE)
                        .execute(place(scope, next.version()))
                        .chain(rotated -> rotated.rowCount() == 1
                                ? store(connection, next).replaceWith(true)
                                : Uni.createFrom().item(false)));
    }

    @Override
    public Uni<Long> reserve(KeyScope scope, KeyVersion version, long messages, long bound) {
        var parameters = place(scope, version).addLong(messages).addLong(bound);
        return as(
                scope,
                connection -> connection
                        .preparedQuery(RESERVE)
                        .execute(parameters)
                        .map(rows -> rows.rowCount() == 0
                                ? 0L
                                : rows.iterator().next().getLong("granted")));
    }

    private static Uni<Void> store(SqlConnection connection, WrappedDataKey key) {
        return connection.preparedQuery(STORE).execute(row(key)).map(stored -> {
            if (stored.rowCount() == 0) {
                throw new NotPrimary(key.kekId());
            }
            return null;
        });
    }

    private <T> Uni<T> as(KeyScope scope, Function<SqlConnection, Uni<T>> work) {
        return transactions
                .run(scope.user(), work)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure(failure -> !(failure instanceof NotPrimary))
                .transform(DatabaseFailure::translate);
    }

    private static Tuple place(KeyScope scope, KeyVersion version) {
        return Tuple.of(scope.user(), version.keyId(), version.version());
    }

    private static Tuple row(WrappedDataKey key) {
        return Tuple.of(
                key.scope().user(),
                key.version().keyId(),
                key.version().version(),
                key.kekId(),
                Buffer.buffer(key.wrapped().toByteArray()));
    }

    private static Uni<Optional<StoredDataKey>> select(SqlConnection connection, String statement, Tuple parameters) {
        return connection.preparedQuery(statement).execute(parameters).map(DataKeyRepository::first);
    }

    private static Optional<StoredDataKey> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(storedKey(row.next())) : Optional.empty();
    }

    private static StoredDataKey storedKey(Row row) {
        UUID keyId = row.getUUID("key_id");
        var key = new WrappedDataKey(
                new KeyScope(row.getUUID("user_id")),
                new KeyVersion(keyId, row.getInteger("key_version")),
                row.getUUID("kek_id"),
                Bytes.copyFrom(row.getBuffer("wrapped_key").getBytes()));
        return new StoredDataKey(key, row.getLong("epoch"));
    }
}
