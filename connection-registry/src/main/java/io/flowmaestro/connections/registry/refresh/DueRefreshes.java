package io.flowmaestro.connections.registry.refresh;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Connections whose tokens end soon, claimed across users by id; the jobs role sees no credential. A claim ends with the
 * next credential, or lapses, so that a replica that dies holds up nobody for long.
 */
@ApplicationScoped
class DueRefreshes {

    /**
     * One statement and one index, in which nothing is passed over but what is in hand: a connection that is found to be
     * out of use leaves the index, and its next use puts it back. The ids are an array, and not joined: a planner who
     * does not know the limit would rather read the whole table.
     */
    static final String CLAIM = """
            update registry.connections
               set refresh_claimed_until = now() + $3::bigint * interval '1 millisecond',
                   refresh_idle = greatest(created_at, last_used_at) < now() - interval '30 days'
             where id = any(array(
                     select id from registry.connections
                      where deleted_at is null and connection_method in ('oauth2', 'mcp')
                        and status = 'active' and refreshable
                        and not refresh_idle and expires_at < now() + $2::bigint * interval '1 millisecond'
                        and (refresh_claimed_until is null or refresh_claimed_until < now())
                      order by expires_at limit $1 for update skip locked))
            returning id, user_id, provider, expires_at, refresh_idle""";

    private final Pool jobs;

    DueRefreshes(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** A connection to refresh. */
    record Due(UUID id, UUID userId, String provider, Instant expiresAt) {}

    /**
     * What was claimed.
     *
     * @param connections by the end of their tokens, the earliest first
     * @param due whether there may be more at this moment
     */
    record Claimed(List<Due> connections, boolean due) {}

    Uni<Claimed> claim(ClaimRefreshes.Valid request) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of(
                        (long) request.limit(),
                        request.horizon().toMillis(),
                        request.claim().toMillis()))
                .map(rows -> new Claimed(inUse(rows), rows.rowCount() == request.limit()));
    }

    private static List<Due> inUse(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> !row.getBoolean("refresh_idle"))
                .map(row -> new Due(
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        row.getString("provider"),
                        row.getOffsetDateTime("expires_at").toInstant()))
                .sorted(Comparator.comparing(Due::expiresAt))
                .toList();
    }
}
