package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads and writes envelopes of one user, under row security. Deleted connections too: they can be restored. */
@ApplicationScoped
class SealedRows {

    private static final String READ = """
            select {id} as id, {name} as name, {envelope}::text as envelope from {table}
             where {owner} = $1 and {id} = any($2) and rewrap_run < $3 and {isSealed} order by {id}""";

    /** Compare-and-set on the envelope. What a user edits, the generation and the time of change stay as they are. */
    private static final String WRITE = """
            update {table} set {envelope} = $4::text::jsonb, rewrap_run = $5, rewrap_claimed_until = null
             where {id} = $1 and {owner} = $2 and {envelope} = $3::text::jsonb and rewrap_run < $5
            returning {id} as id""";

    private static final String COUNT = """
            update registry.rewrap_runs
               set rewrapped = rewrapped + $2, unchanged = unchanged + $3, failed = failed + $4,
                   failed_ids = (failed_ids || $5::uuid[])[1:20],
                   failed_webhooks = (failed_webhooks || $6::uuid[])[1:20],
                   failed_clients = (failed_clients || $7::text[])[1:20],
                   progressed_at = now(), vault_away_at = null
             where run_number = $1""";

    private final UserTransactions transactions;

    SealedRows(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Those of the rows that the user has and the run has not done yet. */
    Uni<List<SealedRow>> read(Store store, UUID user, long run, List<UUID> rows) {
        Tuple values = Tuple.tuple()
                .addUUID(user)
                .addArrayOfUUID(rows.toArray(UUID[]::new))
                .addLong(run);
        return transactions.run(
                user, sql -> sql.preparedQuery(store.sql(READ)).execute(values).map(found -> sealed(store, found)));
    }

    /**
     * Writes and counts in one transaction, and returns the results that were written. The others lost against a
     * refresh or an edit: that envelope may have been sealed before the rotation, so the row stays due.
     */
    Uni<List<RowResult>> write(Store store, UUID user, long run, List<RowResult> results) {
        // always in the order of ids, so that two writers of one row wait for each other and never deadlock
        List<RowResult> ordered = results.stream()
                .sorted(Comparator.comparing(result -> result.row().id()))
                .toList();
        List<Tuple> values = ordered.stream()
                .map(result -> Tuple.of(result.row().id(), user, result.row().envelope(), result.written(), run))
                .toList();
        return transactions.run(
                user,
                sql -> sql.preparedQuery(store.sql(WRITE))
                        .executeBatch(values)
                        .map(SealedRows::ids)
                        .map(written -> ordered.stream()
                                .filter(result -> written.contains(result.row().id()))
                                .toList())
                        .call(written -> count(sql, run, written)));
    }

    private static Uni<Void> count(SqlConnection sql, long run, List<RowResult> written) {
        if (written.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = Tuple.tuple()
                .addLong(run)
                .addLong(number(written, Outcome.REWRAPPED))
                .addLong(number(written, Outcome.UNCHANGED))
                .addLong(number(written, Outcome.FAILED))
                .addArrayOfUUID(
                        failed(written, Store.CONNECTIONS, SealedRow::id).toArray(UUID[]::new))
                .addArrayOfUUID(failed(written, Store.WEBHOOKS, SealedRow::id).toArray(UUID[]::new))
                .addArrayOfString(
                        failed(written, Store.CLIENTS, SealedRow::name).toArray(String[]::new));
        return sql.preparedQuery(COUNT).execute(values).replaceWithVoid();
    }

    private static long number(List<RowResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    private static <T> List<T> failed(List<RowResult> results, Store store, Function<SealedRow, T> name) {
        return results.stream()
                .filter(result ->
                        result.outcome() == Outcome.FAILED && result.row().store() == store)
                .map(result -> name.apply(result.row()))
                .toList();
    }

    private static List<SealedRow> sealed(Store store, RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new SealedRow(store, row.getUUID("id"), row.getString("name"), row.getString("envelope")))
                .toList();
    }

    /** A batch answers with one row set for each of its statements. */
    private static Set<UUID> ids(RowSet<Row> first) {
        Set<UUID> ids = new HashSet<>();
        for (@Nullable RowSet<Row> rows = first; rows != null; rows = rows.next()) {
            rows.forEach(row -> ids.add(row.getUUID("id")));
        }
        return ids;
    }
}
