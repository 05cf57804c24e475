package io.flowmaestro.connections.registry.rewrap;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the latest run is.
 *
 * @param total rows done and rows to do; a row that is written while the run lasts may be done twice
 * @param failedConnections up to 20 of the failed ones
 * @param rowsPerSecond of all replicas, from the start to the last row written
 * @param followUp whether another run comes after this one, since it was asked for when rows were in hand already
 */
record RewrapProgress(
        long runNumber,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long total,
        long remaining,
        long rewrapped,
        long unchanged,
        long failed,
        List<UUID> failedConnections,
        double rowsPerSecond,
        boolean waitingForVault,
        boolean followUp) {

    /** A finished run has nothing left; what was stored since then is the next one's. */
    static final String SQL = """
            select run_number, started_at, finished_at, rewrapped, unchanged, failed, failed_ids, follow_up,
                   case when finished_at is null
                        then (select count(*) from registry.connections where rewrap_run < run_number)
                        else 0 end as remaining,
                   coalesce(extract(epoch from progressed_at - started_at), 0)::float8 as seconds,
                   vault_away_at is not null and finished_at is null as waiting
              from registry.rewrap_runs order by run_number desc limit 1""";

    static RewrapProgress of(Row row) {
        long rewrapped = row.getLong("rewrapped");
        long unchanged = row.getLong("unchanged");
        long failed = row.getLong("failed");
        long remaining = row.getLong("remaining");
        long done = rewrapped + unchanged + failed;
        OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
        return new RewrapProgress(
                row.getLong("run_number"),
                row.getOffsetDateTime("started_at").toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                done + remaining,
                remaining,
                rewrapped,
                unchanged,
                failed,
                List.of(row.getArrayOfUUIDs("failed_ids")),
                rate(done, row.getDouble("seconds")),
                row.getBoolean("waiting"),
                row.getBoolean("follow_up"));
    }

    /** To one decimal; a run that took less than a millisecond counts as one. */
    private static double rate(long rows, double seconds) {
        return Math.round(rows / Math.max(seconds, 0.001) * 10) / 10.0;
    }
}
