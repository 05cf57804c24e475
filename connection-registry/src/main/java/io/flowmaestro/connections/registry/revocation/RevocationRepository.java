package io.flowmaestro.connections.registry.revocation;

import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The queue as it stands in the rows themselves; every statement in a transaction of the owner's. */
@ApplicationScoped
class RevocationRepository {

    private static final String LOCK = """
            select provider, credential_generation, revocation_due_at, revoked_at_provider, revocation_attempts,
                   coalesce(revocation_since < now() - interval '7 days', false) as overdue,
                   revocation_claimed_until is not null as claimed, purged_at is not null as purged
              from registry.connections where id = $1 and user_id = $2 for update""";

    private static final String END = """
            update registry.connections
               set revocation_due_at = null, revocation_since = null, revocation_claimed_until = null,
                   revocation_attempts = greatest(revocation_attempts, 1),
                   revoked_at_provider = case when $3 then now() end
             where id = $1 and user_id = $2 returning revocation_due_at, revoked_at_provider""";

    private static final String PUT_OFF = """
            update registry.connections
               set revocation_due_at = now() + $3::bigint * interval '1 millisecond', revocation_claimed_until = null
             where id = $1 and user_id = $2 returning revocation_due_at, revoked_at_provider""";

    /** In one step, so that a reconnect comes either before it, and is seen, or after it. */
    private static final String RENEW = """
            update registry.connections c
               set revocation_claimed_until = now() + $4::bigint * interval '1 millisecond'
             where id = $1 and user_id = $2 and credential_generation = $3
               and revocation_due_at is not null and revocation_claimed_until is not null
            returning""" + " " + DueRevocations.OTHERS_LIVE;

    private static final String REMOVE = "delete from registry.connections where id = $1 and user_id = $2";

    /** What is known of a connection's revocation; {@code claimed} also when the claim has lapsed. */
    record Queued(
            String provider,
            long generation,
            RevocationState state,
            int attempts,
            boolean overdue,
            boolean claimed,
            boolean purged) {}

    /** The row is locked until the transaction ends; a deleted and a purged one count as well. */
    Uni<Queued> lock(SqlConnection sql, UUID user, UUID id) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(id, user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(RevocationRepository::queued)
                        .orElseThrow(RegistryProblem::connectionNotFound));
    }

    Uni<RevocationState> end(SqlConnection sql, UUID user, UUID id, boolean revoked) {
        return sql.preparedQuery(END).execute(Tuple.of(id, user, revoked)).map(RevocationRepository::state);
    }

    /** Not in hand where the credential is another one by now, or nothing is to be revoked any more. */
    Uni<ClaimState> renew(SqlConnection sql, UUID user, UUID id, RenewClaim.Valid claim) {
        return sql.preparedQuery(RENEW)
                .execute(Tuple.of(id, user, claim.generation(), claim.claim().toMillis()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(row -> new ClaimState(true, row.getBoolean("others_live")))
                        .orElseGet(() -> new ClaimState(false, true)));
    }

    Uni<RevocationState> putOff(SqlConnection sql, UUID user, UUID id, Duration pause) {
        return sql.preparedQuery(PUT_OFF)
                .execute(Tuple.of(id, user, pause.toMillis()))
                .map(RevocationRepository::state);
    }

    Uni<Void> remove(SqlConnection sql, UUID user, UUID id) {
        return sql.preparedQuery(REMOVE).execute(Tuple.of(id, user)).replaceWithVoid();
    }

    private static Queued queued(Row row) {
        return new Queued(
                row.getString("provider"),
                row.getLong("credential_generation"),
                state(row),
                row.getInteger("revocation_attempts"),
                row.getBoolean("overdue"),
                row.getBoolean("claimed"),
                row.getBoolean("purged"));
    }

    private static RevocationState state(RowSet<Row> rows) {
        return state(rows.iterator().next());
    }

    private static RevocationState state(Row row) {
        return RevocationState.of(
                instant(row.getOffsetDateTime("revocation_due_at")),
                instant(row.getOffsetDateTime("revoked_at_provider")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
