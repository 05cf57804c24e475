package io.flowmaestro.connections.registry.credential;

import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and compare-and-set writes of credentials; each write is one statement, so that no race can split it. */
@ApplicationScoped
class CredentialRepository {

    private static final String INSERT = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, expires_at, metadata)
            values ($1, $2, $3, 'oauth2', $4, $5::text::jsonb, $6, $7::text::jsonb) on conflict (id) do nothing""";

    /** The attempt is part of the comparison: applied once, it never applies again. */
    private static final String PUBLISH = """
            update registry.connections
               set data = $3::text::jsonb, expires_at = $4, credential_attempt_id = $5,
                   credential_generation = credential_generation + 1, updated_at = now(),
                   status_reason = case when status in ('expired', 'invalid') then null else status_reason end,
                   status = case when status in ('expired', 'invalid') then 'active' else status end
             where id = $1 and user_id = $2 and deleted_at is null
               and credential_generation = $6 and credential_attempt_id is distinct from $5
            returning credential_generation""";

    /** Only a reconnect ends a revocation. */
    private static final String STATUS = """
            update registry.connections set status = $3, status_reason = $4, updated_at = now()
             where id = $1 and user_id = $2 and deleted_at is null and credential_generation = $5
               and (status <> 'revoked' or $3 = 'revoked')
            returning id""";

    private static final String STATE = """
            select credential_generation, credential_attempt_id from registry.connections
             where id = $1 and user_id = $2 and deleted_at is null""";

    private final Pool pool;
    private final UserTransactions transactions;

    CredentialRepository(Pool pool, UserTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /** Where a credential stands, for a write that changed nothing. */
    record State(long generation, @Nullable UUID attempt) {}

    Uni<SealedCredential> require(UUID user, UUID id) {
        return pool.preparedQuery(SealedCredential.SQL)
                .execute(Tuple.of(user, id))
                .map(rows -> first(rows).map(SealedCredential::of).orElseThrow(RegistryProblem::connectionNotFound));
    }

    /** Returns whether a row was made; it was not if the id is in use, by whomever. */
    Uni<Boolean> insert(UUID user, CreateSealedConnection.Valid connection) {
        Tuple values = Tuple.tuple()
                .addUUID(connection.id())
                .addUUID(user)
                .addString(connection.name())
                .addString(connection.provider())
                .addString(connection.envelope().toString())
                .addOffsetDateTime(utc(connection.expiresAt()))
                .addString(connection.metadata().toString());
        return transactions.run(
                user, sql -> sql.preparedQuery(INSERT).execute(values).map(rows -> rows.rowCount() == 1));
    }

    /** The new generation; the same one again for an attempt that is in place; 409 if the generation has moved. */
    Uni<Long> publish(UUID user, UUID id, PublishCredential.Valid credential) {
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(user)
                .addString(credential.envelope().toString())
                .addOffsetDateTime(utc(credential.expiresAt()))
                .addUUID(credential.attemptId())
                .addLong(credential.expectedGeneration());
        return transactions.run(
                user,
                sql -> update(sql, PUBLISH, values)
                        .chain(written -> written.isPresent()
                                ? Uni.createFrom().item(written.get().getLong("credential_generation"))
                                : state(sql, user, id).map(state -> generationOf(state, credential.attemptId()))));
    }

    /** Empty when the status is set; else where the credential stands. */
    Uni<Optional<State>> change(UUID user, UUID id, ChangeStatus.Valid change) {
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
                                ? Uni.createFrom().item(Optional.empty())
                                : state(sql, user, id).map(Optional::of)));
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
        throw RegistryProblem.generationMoved();
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
