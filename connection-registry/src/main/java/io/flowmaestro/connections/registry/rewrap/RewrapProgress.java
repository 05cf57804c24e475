package io.flowmaestro.connections.registry.rewrap;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the latest run is.
 *
 * @param total envelopes done and envelopes to do; one that is written while the run lasts may be done twice
 * @param remaining of all stores; those of webhooks and of OAuth clients are told apart besides. Not 0 although the run is
 *     finished: a replica of an earlier release ended it, and another run is needed
 * @param failedConnections up to 20 of the failed ones
 * @param failedWebhooks up to 20 of those whose secrets failed
 * @param failedClients up to 20 keys of the providers whose client's secret failed
 * @param rowsPerSecond of all replicas, from the start to the last row written
 * @param followUp whether another run comes after this one, since it was asked for when rows were in hand already
 */
record RewrapProgress(
        long runNumber,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long total,
        long remaining,
        long remainingWebhooks,
        long remainingClients,
        long rewrapped,
        long unchanged,
        long failed,
        List<UUID> failedConnections,
        List<UUID> failedWebhooks,
        List<String> failedClients,
        double rowsPerSecond,
        boolean waitingForVault,
        boolean followUp) {

    /** What was stored after a run ended is the next one's, and not left. */
    static final String SQL = """
            select run_number, started_at, finished_at, rewrapped, unchanged, failed, failed_ids, failed_webhooks,
                   failed_clients, follow_up, %s, %s, %s,
                   coalesce(extract(epoch from progressed_at - started_at), 0)::float8 as seconds,
                   vault_away_at is not null and finished_at is null as waiting
              from registry.rewrap_runs order by run_number desc limit 1""".formatted(left(Store.CONNECTIONS), left(Store.WEBHOOKS), left(Store.CLIENTS));

    private static String left(Store store) {
        return store.sql("""
                (select count(*) from {table}
                  where rewrap_run < run_number and {isSealed} and (finished_at is null or %s)) as %s""".formatted(leftBehind(store), leftOf(store)));
    }

    /**
     * Rows that a finished run did not look at though they were there: it was a run of an earlier release, which knows connections
     * alone. Of those it leaves none, and they are stored anew all the time.
     */
    private static String leftBehind(Store store) {
        return switch (store) {
            case CONNECTIONS -> "false";
            case WEBHOOKS -> "created_at <= finished_at";
            case CLIENTS -> "updated_at <= finished_at";
        };
    }

    private static String leftOf(Store store) {
        return "left_" + store.name().toLowerCase(Locale.ROOT);
    }

    static RewrapProgress of(Row row) {
        long rewrapped = row.getLong("rewrapped");
        long unchanged = row.getLong("unchanged");
        long failed = row.getLong("failed");
        long remaining = Arrays.stream(Store.values())
                .mapToLong(store -> row.getLong(leftOf(store)))
                .sum();
        long done = rewrapped + unchanged + failed;
        OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
        return new RewrapProgress(
                row.getLong("run_number"),
                row.getOffsetDateTime("started_at").toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                done + remaining,
                remaining,
                row.getLong(leftOf(Store.WEBHOOKS)),
                row.getLong(leftOf(Store.CLIENTS)),
                rewrapped,
                unchanged,
                failed,
                List.of(row.getArrayOfUUIDs("failed_ids")),
                List.of(row.getArrayOfUUIDs("failed_webhooks")),
                List.of(row.getArrayOfStrings("failed_clients")),
                rate(done, row.getDouble("seconds")),
                row.getBoolean("waiting"),
                row.getBoolean("follow_up"));
    }

    /** To one decimal; a run that took less than a millisecond counts as one. */
    private static double rate(long rows, double seconds) {
        return Math.round(rows / Math.max(seconds, 0.001) * 10) / 10.0;
    }
}
