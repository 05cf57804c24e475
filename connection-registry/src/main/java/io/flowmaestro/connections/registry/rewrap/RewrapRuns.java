package io.flowmaestro.connections.registry.rewrap;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runs, of which one at most is unfinished. Starts and finishes wait for each other. */
@ApplicationScoped
class RewrapRuns {

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('registry.rewrap_runs'))";

    /**
     * The key may have been rotated since the unfinished run began. Rows that it had in hand by then may have got the
     * older version, so another run follows; as long as it had none, it simply is the run that was asked for.
     */
    private static final String JOIN = """
            update registry.rewrap_runs set follow_up = claimed where finished_at is null returning run_number""";

    private static final String BEGIN = "insert into registry.rewrap_runs default values returning run_number";

    private static final String UNFINISHED = "select run_number from registry.rewrap_runs where finished_at is null";

    /** A claimed row is below the run's number until it is done, so it keeps the run open. */
    private static final String FINISH =
            """
            update registry.rewrap_runs set finished_at = now()
             where run_number = $1 and finished_at is null
               and started_at <= now() - $2::bigint * interval '1 millisecond'
               and %s
            returning run_number, rewrapped, unchanged, failed, follow_up""".formatted(Store.each("not exists (select from {table} where rewrap_run < $1 and {isSealed})", " and "));

    private static final String VAULT_AWAY =
            "update registry.rewrap_runs set vault_away_at = coalesce(vault_away_at, now()) where run_number = $1";

    private final Pool jobs;

    RewrapRuns(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** A run that has just ended. */
    record Finished(
            long run,
            long rewrapped,
            long unchanged,
            long failed,
            @Nullable Long followedBy) {}

    /** The number of the run that this call began; empty when it joined the unfinished one. */
    Uni<Optional<Long>> start() {
        return locked(sql -> sql.query(JOIN)
                .execute()
                .chain(joined -> joined.rowCount() > 0
                        ? Uni.createFrom().item(Optional.empty())
                        : begin(sql).map(Optional::of)));
    }

    /** The latest run; empty if there never was one. */
    Uni<Optional<RewrapProgress>> progress() {
        return jobs.preparedQuery(RewrapProgress.SQL)
                .execute()
                .map(rows -> first(rows).map(RewrapProgress::of));
    }

    Uni<Optional<Long>> unfinished() {
        return jobs.preparedQuery(UNFINISHED).execute().map(rows -> first(rows).map(row -> row.getLong(0)));
    }

    /** Ends the run if no row is left and it is old enough, and begins the one that follows it. */
    Uni<Optional<Finished>> finish(long run, Duration settle) {
        return locked(sql -> sql.preparedQuery(FINISH)
                .execute(Tuple.of(run, settle.toMillis()))
                .map(RewrapRuns::first)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : finished(sql, row.get()).map(Optional::of)));
    }

    Uni<Void> vaultAway(long run) {
        return jobs.preparedQuery(VAULT_AWAY).execute(Tuple.of(run)).replaceWithVoid();
    }

    private static Uni<Finished> finished(SqlConnection sql, Row row) {
        Uni<@Nullable Long> next = row.getBoolean("follow_up")
                ? begin(sql).map(number -> number)
                : Uni.createFrom().nullItem();
        return next.map(followedBy -> new Finished(
                row.getLong("run_number"),
                row.getLong("rewrapped"),
                row.getLong("unchanged"),
                row.getLong("failed"),
                followedBy));
    }

    private static Uni<Long> begin(SqlConnection sql) {
        return sql.query(BEGIN).execute().map(rows -> rows.iterator().next().getLong(0));
    }

    private <T> Uni<T> locked(Function<SqlConnection, Uni<T>> work) {
        return jobs.withTransaction(sql -> sql.query(LOCK).execute().chain(() -> work.apply(sql)));
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        var iterator = rows.iterator();
        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }
}
