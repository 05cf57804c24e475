package io.flowmaestro.connections.registry.revocation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Revocations that are due, claimed across users by id as a role that sees no credential; each envelope is then read as
 * its owner. A crash in between leaves claims that lapse.
 */
@ApplicationScoped
class DueRevocations {

    /**
     * Whether {@code c}'s owner has others of its provider: those in use, and those whose deletion can still be taken back.
     * Some providers end every grant of a user when one of its tokens is revoked.
     */
    static final String OTHERS_LIVE = """
            exists(
                     select 1 from registry.connections o
                      where o.user_id = c.user_id and o.provider = c.provider and o.id <> c.id
                        and o.connection_method = 'oauth2' and o.status <> 'revoked' and o.deleted_at is null)
                   or exists(
                     select 1 from registry.connections o
                      where o.user_id = c.user_id and o.provider = c.provider and o.id <> c.id
                        and o.status <> 'revoked' and o.revocation_due_at is not null
                        and o.revocation_due_at > now() and o.revocation_attempts = 0)
                   as others_live""";

    static final String CLAIM = """
            update registry.connections c
               set revocation_claimed_until = now() + $2::bigint * interval '1 millisecond',
                   revocation_attempts = revocation_attempts + 1
             where id = any(array(
                     select id from registry.connections
                      where revocation_due_at <= now()
                        and (revocation_claimed_until is null or revocation_claimed_until < now())
                      order by revocation_due_at limit $1 for update skip locked))
            returning id, user_id,""" + " " + OTHERS_LIVE;

    private static final String GET = """
            select id, user_id, provider, credential_generation, data::text as envelope
              from registry.revocation_get($1, $2)""";

    private static final String OVERDUE = """
            select id, user_id from registry.connections
             where revocation_due_at is not null and revocation_since < now() - interval '7 days'
               and (revocation_claimed_until is null or revocation_claimed_until < now())
             order by revocation_due_at limit 100""";

    private static final int READS_AT_ONCE = 8;

    private final Pool jobs;
    private final Pool pool;

    DueRevocations(@ReactiveDataSource("jobs") Pool jobs, Pool pool) {
        this.jobs = jobs;
        this.pool = pool;
    }

    /**
     * A credential to end at its provider.
     *
     * @param othersLive whether its owner has another OAuth connection of the provider, not deleted and not revoked
     */
    record Due(
            UUID id,
            UUID userId,
            String provider,
            long credentialGeneration,
            @JsonRawValue String envelope,
            boolean othersLive) {
        @Override
        public String toString() {
            return "Due[%s]".formatted(id);
        }
    }

    /** What was claimed, as the role that claims sees it. */
    private record Claimed(Owned connection, boolean othersLive) {}

    /** Somebody's connection. */
    record Owned(UUID user, UUID connection) {}

    Uni<List<Due>> claim(ClaimRevocations.Valid request) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of((long) request.limit(), request.claim().toMillis()))
                .chain(rows -> Multi.createFrom()
                        .iterable(claimed(rows))
                        .onItem()
                        .transformToUni(this::read)
                        .merge(READS_AT_ONCE)
                        .filter(Optional::isPresent)
                        .map(Optional::get)
                        .collect()
                        .asList());
    }

    /** Empty when the user reconnected in this very moment: there is nothing to end any more. */
    private Uni<Optional<Due>> read(Claimed claimed) {
        Owned owned = claimed.connection();
        return pool.preparedQuery(GET)
                .execute(Tuple.of(owned.user(), owned.connection()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> due(row, claimed.othersLive()))
                        .findFirst());
    }

    /** What nobody could tell its provider for a week, a portion of it. */
    Uni<List<Owned>> overdue() {
        return jobs.preparedQuery(OVERDUE).execute().map(rows -> owned(rows));
    }

    private static List<Owned> owned(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(DueRevocations::owned)
                .toList();
    }

    private static Owned owned(Row row) {
        return new Owned(row.getUUID("user_id"), row.getUUID("id"));
    }

    private static List<Claimed> claimed(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Claimed(owned(row), row.getBoolean("others_live")))
                .toList();
    }

    private static Due due(Row row, boolean othersLive) {
        return new Due(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("provider"),
                row.getLong("credential_generation"),
                row.getString("envelope"),
                othersLive);
    }
}
