package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.sql.SQLException;
import java.time.Duration;

/** What became of tokens that were due, as the registry has it. */
record DueTokens(
        long all, long renewed, long missed, double seconds, double slowest, double fastest, double leastLeft) {

    /** Parts of a run, of which each has a rate. */
    private static final int PARTS = 5;

    /** A token is missed that was not replaced, or only after its end. A refresh alone sets an attempt. */
    private static final String RESULT = """
            with tokens as (
              select credential_attempt_id is not null as renewed, updated_at as at,
                     (metadata->>'ends_at')::timestamptz as ends_at,
                     ntile(%1$d) over (partition by credential_attempt_id is not null order by updated_at) as part
                from registry.connections where metadata->>'kind' = ?),
            parts as (
              select count(*) / greatest(extract(epoch from max(at) - min(at)), 0.001) as rate
                from tokens where renewed group by part)
            select count(*), count(*) filter (where renewed), count(*) filter (where not renewed or at > ends_at),
                   extract(epoch from max(at) filter (where renewed) - min(at) filter (where renewed)),
                   (select min(rate) from parts), (select max(rate) from parts),
                   extract(epoch from min(ends_at - at) filter (where renewed))
              from tokens""".formatted(PARTS);

    private static final String LEFT = """
            select count(*) from registry.connections
             where metadata->>'kind' = ? and credential_attempt_id is null""";

    private static final double SHORTEST = 0.001;

    static DueTokens of(DurablePostgres postgres, String database, String kind) throws SQLException {
        try (var sql = postgres.connect(database);
                var select = sql.prepareStatement(RESULT)) {
            select.setString(1, kind);
            var row = select.executeQuery();
            row.next();
            return new DueTokens(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    row.getDouble(7));
        }
    }

    /** How many still have their first tokens. */
    static long left(DurablePostgres postgres, String database, String kind) throws SQLException {
        try (var sql = postgres.connect(database);
                var select = sql.prepareStatement(LEFT)) {
            select.setString(1, kind);
            var row = select.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    double perSecond() {
        return renewed / Math.max(seconds, SHORTEST);
    }

    /** How early the one was renewed that was renewed last in relation to its end. */
    Duration slack() {
        return Duration.ofMillis(Math.round(leastLeft * 1000));
    }
}
