package io.flowmaestro.connections.registry.credential;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and compare-and-set writes of credentials; each write is one statement, so that no race can split it. */
@ApplicationScoped
class CredentialRepository {

    /** What has events was made before, and has been purged since: a request that comes late does not bring it back. */
    private static final String INSERT = """
            insert into registry.connections
              (id, user_id, name, connection_method, provider, data, expires_at, metadata, refreshable, mcp_server_url, signed_in)
            select $1, $2, $3, $9, $4, $5::text::jsonb, $6, $7::text::jsonb, $8, $10, true
             where not exists (select from registry.connection_events where user_id = $2 and connection_id = $1)
            on conflict (id) do nothing""";

    /**
     * The attempt is part of the comparison: applied once, it never applies again. What was revoked gets no new tokens; what
     * was deleted does for as long as that can be taken back, for the former ones may be spent.
     */
    private static final String PUBLISH = """
            update registry.connections c
               set data = $3::text::jsonb, expires_at = $4, credential_attempt_id = $5,
                   credential_generation = c.credential_generation + 1, updated_at = now(),
                   refreshable = coalesce($7, c.refreshable), metadata = c.metadata || $8::text::jsonb, refresh_claimed_until = null, refresh_idle = false,
                   status_reason = case when c.status in ('expired', 'invalid') then null else c.status_reason end,
                   status = case when c.status in ('expired', 'invalid') then 'active' else c.status end
              from (select status from registry.connections where id = $1 and user_id = $2 for update) before
             where c.id = $1 and c.user_id = $2 and c.status <> 'revoked'
               and (c.deleted_at is null or c.revocation_due_at > now() and c.revocation_attempts = 0)
               and c.credential_generation = $6 and c.credential_attempt_id is distinct from $5
            returning c.credential_generation, before.status in ('expired', 'invalid') as recovered""";

    /** Only a reconnect ends a revocation, of which the provider is told at once. */
    private static final String STATUS = """
            update registry.connections c set status = $3, status_reason = $4, updated_at = now(),
                   revocation_due_at = case when $3 = 'revoked' and c.status <> 'revoked'
                     and (c.connection_method = 'oauth2' or c.signed_in) then now() else c.revocation_due_at end,
                   revocation_since = case when $3 = 'revoked' and c.status <> 'revoked'
                     and (c.connection_method = 'oauth2' or c.signed_in) then now() else c.revocation_since end
              from (select status from registry.connections where id = $1 and user_id = $2 for update) before
             where c.id = $1 and c.user_id = $2 and c.deleted_at is null and c.credential_generation = $5
               and (c.status <> 'revoked' or $3 = 'revoked')
            returning before.status""";

    private static final String STATE = """
            select credential_generation, credential_attempt_id from registry.connections
             where id = $1 and user_id = $2 and deleted_at is null""";

    /** A deletion that is taken back now brings the tokens back, for the provider was not told of it. */
    private static final String RESTORABLE = """
            select exists (select from registry.connections
                 where id = $1 and user_id = $2 and deleted_at is not null and purged_at is null and status <> 'revoked'
                   and revocation_due_at is not null and revocation_attempts = 0) as restorable""";

    private final Pool pool;
    private final UserTransactions transactions;
    private final Clock clock;

    CredentialRepository(Pool pool, UserTransactions transactions, Clock clock) {
        this.pool = pool;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Where a credential stands, for a write that changed nothing. */
    record State(long generation, @Nullable UUID attempt) {}

    Uni<SealedCredential> require(UUID user, UUID id) {
        return pool.preparedQuery(SealedCredential.SQL)
                .execute(Tuple.of(user, id))
                .chain(rows -> first(rows)
                        .map(row -> Uni.createFrom().item(SealedCredential.of(row)))
                        .orElseGet(() -> missing(user, id)));
    }

    /** Whoever holds tokens of a connection that may come back has to know. */
    private Uni<SealedCredential> missing(UUID user, UUID id) {
        return transactions
                .run(user, sql -> sql.preparedQuery(RESTORABLE).execute(Tuple.of(id, user)))
                .map(rows -> rows.iterator().next().getBoolean("restorable"))
                .map(restorable -> {
                    var missing = RegistryProblem.connectionNotFound();
                    throw restorable ? missing.with("restorable", true) : missing;
                });
    }

    /** Returns whether a row was made; it was not if the id is in use, by whomever. */
    Uni<Boolean> insert(Caller caller, CreateSealedConnection.Valid connection) {
        UUID user = caller.subject();
        Tuple values = Tuple.tuple()
                .addUUID(connection.id())
                .addUUID(user)
                .addString(connection.name())
                .addString(connection.provider())
                .addString(connection.envelope().toString())
                .addOffsetDateTime(utc(connection.expiresAt()))
                .addString(connection.metadata().toString())
                .addBoolean(connection.refreshable())
                .addString(connection.method().wire())
                .addString(connection.mcpServerUrl());
        return transactions.run(
                user,
                sql -> sql.preparedQuery(INSERT)
                        .execute(values)
                        .map(rows -> rows.rowCount() == 1)
                        .call(made -> made
                                ? record(sql, caller, connection.id(), EventType.CREATED, Map.of())
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> record(SqlConnection sql, Caller caller, UUID id, EventType type, Map<String, Object> details) {
        return Events.record(sql, Event.of(caller, id, type, clock.instant(), details));
    }

    /** The new generation; the same one again for an attempt that is in place; 409 if the generation has moved. */
    Uni<Long> publish(Caller caller, UUID id, PublishCredential.Valid credential) {
        UUID user = caller.subject();
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(user)
                .addString(credential.envelope().toString())
                .addOffsetDateTime(utc(credential.expiresAt()))
                .addUUID(credential.attemptId())
                .addLong(credential.expectedGeneration())
                .addBoolean(credential.refreshable())
                .addString(credential.metadata().toString());
        return transactions.run(
                user,
                sql -> update(sql, PUBLISH, values)
                        .chain(written -> written.isPresent()
                                ? published(sql, caller, id, written.get())
                                : state(sql, user, id).map(state -> generationOf(state, credential.attemptId()))));
    }

    private Uni<Long> published(SqlConnection sql, Caller caller, UUID id, Row written) {
        long generation = written.getLong("credential_generation");
        return record(sql, caller, id, EventType.REFRESHED, Map.of("credential_generation", generation))
                .chain(() -> written.getBoolean("recovered")
                        ? record(sql, caller, id, EventType.RECOVERED, Map.of())
                        : Uni.createFrom().voidItem())
                .replaceWith(generation);
    }

    /** Empty when the status is set; else where the credential stands. */
    Uni<Optional<State>> change(Caller caller, UUID id, ChangeStatus.Valid change) {
        UUID user = caller.subject();
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(user)
                .addString(change.status().wire())
                .addString(change.reason())
                .addLong(change.expectedGeneration());
        return transactions.run(
                user,
                sql -> update(sql, STATUS, values)
                        .chain(written -> written.isPresent()
                                ? changed(sql, caller, id, written.get().getString("status"), change)
                                        .replaceWith(Optional.empty())
                                : state(sql, user, id).map(Optional::of)));
    }

    /** The same status again is no news. */
    private Uni<Void> changed(SqlConnection sql, Caller caller, UUID id, String before, ChangeStatus.Valid change) {
        return change.status().wire().equals(before)
                ? Uni.createFrom().voidItem()
                : record(sql, caller, id, change.status().event(), Map.of("from", before));
    }

    private static Uni<Optional<Row>> update(SqlConnection sql, String statement, Tuple values) {
        return sql.preparedQuery(statement).execute(values).map(CredentialRepository::first);
    }

    private static Uni<State> state(SqlConnection sql, UUID user, UUID id) {
        return sql.preparedQuery(STATE)
                .execute(Tuple.of(id, user))
                .map(rows -> first(rows)
                        .map(row ->
                                new State(row.getLong("credential_generation"), row.getUUID("credential_attempt_id")))
                        .orElseThrow(RegistryProblem::connectionNotFound));
    }

    private static long generationOf(State state, UUID attempt) {
        if (attempt.equals(state.attempt())) {
            return state.generation();
        }
        throw RegistryProblem.generationMoved(state.generation(), state.attempt());
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
