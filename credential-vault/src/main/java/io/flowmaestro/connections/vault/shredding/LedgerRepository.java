package io.flowmaestro.connections.vault.shredding;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The ledger, and the keys that go with an entry. As one user but for what looks over all of them. */
@ApplicationScoped
class LedgerRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String OWNED = "select key_id, newest_version from vault.key_owners where user_id = $1";
    private static final String DISOWN = "delete from vault.key_owners where user_id = $1 and key_id = $2";
    private static final String SHRED = "delete from vault.data_keys where user_id = $1 and key_id = $2";
    private static final String ENTER = """
            insert into vault.shred_ledger (user_id, key_id, versions, destroyed_at, mac)
            values ($1, $2, $3, $4, $5) on conflict do nothing""";
    private static final String COLUMNS =
            "select key_id, user_id, versions, destroyed_at, mac from vault.shred_ledger l ";
    private static final String OF_USER = COLUMNS + "where user_id = $1 order by destroyed_at desc, key_id";
    private static final String ALL = COLUMNS + "order by destroyed_at, key_id";
    private static final String UNDONE = COLUMNS + """
            where exists (select from vault.data_keys d where d.key_id = l.key_id)
               or exists (select from vault.key_owners o where o.key_id = l.key_id)""";

    private final UserTransactions transactions;
    private final Pool jobs;

    LedgerRepository(UserTransactions transactions, @ReactiveDataSource("jobs") Pool jobs) {
        this.transactions = transactions;
        this.jobs = jobs;
    }

    /** The user's key as it would be destroyed now; empty for a user who has none. */
    Uni<Optional<Destruction>> toDestroy(UUID user, Instant at) {
        return bounded(transactions.run(
                user,
                connection -> connection
                        .preparedQuery(OWNED)
                        .execute(Tuple.of(user))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .findFirst()
                                .map(row -> new Destruction(
                                        row.getUUID("key_id"), user, row.getInteger("newest_version"), at)))));
    }

    /** Entry and destruction are one transaction: there is never one without the other. Safe to repeat. */
    Uni<Void> destroy(LedgerEntry entry) {
        var key = Tuple.of(entry.userId(), entry.keyId());
        return bounded(transactions.run(
                entry.userId(),
                connection -> enter(connection, entry)
                        .chain(() -> connection.preparedQuery(DISOWN).execute(key))
                        .chain(() -> connection.preparedQuery(SHRED).execute(key))
                        .replaceWithVoid()));
    }

    /** The entry alone: what is to be destroyed by it shows in {@link #undone()}. */
    Uni<Void> enter(LedgerEntry entry) {
        return bounded(transactions.run(entry.userId(), connection -> enter(connection, entry)));
    }

    Uni<List<LedgerEntry>> of(UUID user) {
        return bounded(transactions.run(
                user,
                connection -> connection
                        .preparedQuery(OF_USER)
                        .execute(Tuple.of(user))
                        .map(LedgerRepository::entries)));
    }

    Uni<List<LedgerEntry>> all() {
        return bounded(jobs.query(ALL).execute().map(LedgerRepository::entries));
    }

    /** Entries whose key is there all the same, as after a restore. */
    Uni<List<LedgerEntry>> undone() {
        return bounded(jobs.query(UNDONE).execute().map(LedgerRepository::entries));
    }

    private static Uni<Void> enter(SqlConnection connection, LedgerEntry entry) {
        var row = Tuple.of(
                entry.userId(),
                entry.keyId(),
                entry.versions(),
                entry.destroyedAt().atOffset(ZoneOffset.UTC),
                Buffer.buffer(entry.proof().toByteArray()));
        return connection.preparedQuery(ENTER).execute(row).replaceWithVoid();
    }

    private static <T> Uni<T> bounded(Uni<T> work) {
        return work.ifNoItem().after(TIMEOUT).fail().onFailure().transform(DatabaseFailure::translate);
    }

    private static List<LedgerEntry> entries(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> LedgerEntry.of(
                        new Destruction(
                                row.getUUID("key_id"),
                                row.getUUID("user_id"),
                                row.getInteger("versions"),
                                row.getOffsetDateTime("destroyed_at").toInstant()),
                        Bytes.copyFrom(row.getBuffer("mac").getBytes())))
                .toList();
    }
}
