package io.flowmaestro.connections.registry.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reconnects: a user's new grant on the connection that there is, by compare-and-set like every credential. */
@ApplicationScoped
class GrantRepository {

    /** It ends every status, whatever was found out about the old grant, its account first, and whatever was being done with that. */
    private static final String GRANT = """
            update registry.connections c
               set data = $3::text::jsonb, expires_at = $4, credential_attempt_id = $5,
                   credential_generation = c.credential_generation + 1, refreshable = $7,
                   metadata = (c.metadata - 'account') || $8::text::jsonb, signed_in = true, status = 'active', status_reason = null,
                   version = c.version + 1, updated_at = now(),
                   last_tested_at = null, last_test_attempt_at = null, last_test = null,
                   refresh_claimed_until = null, refresh_idle = false, revocation_due_at = null, revocation_since = null,
                   revocation_claimed_until = null, revocation_attempts = 0, revoked_at_provider = null
              from (select status from registry.connections where id = $1 and user_id = $2 for update) before
             where c.id = $1 and c.user_id = $2 and c.deleted_at is null and c.connection_method in ('oauth2', 'mcp')
               and c.credential_generation = $6 and c.credential_attempt_id is distinct from $5
            returning c.credential_generation, before.status""";

    private static final Set<String> GRANTED = Set.of("oauth2", "mcp");
    private static final String STATE = """
            select connection_method, credential_generation, credential_attempt_id from registry.connections
             where id = $1 and user_id = $2 and deleted_at is null""";

    private final UserTransactions transactions;
    private final Clock clock;

    GrantRepository(UserTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Does nothing for an attempt that is in place; 409 if the generation has moved, or for another method. */
    Uni<Void> grant(Caller caller, UUID id, GrantCredential.Valid grant) {
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(caller.subject())
                .addString(grant.envelope().toString())
                .addOffsetDateTime(
                        grant.expiresAt() == null ? null : grant.expiresAt().atOffset(ZoneOffset.UTC))
                .addUUID(grant.attemptId())
                .addLong(grant.expectedGeneration())
                .addBoolean(grant.refreshable())
                .addString(grant.metadata().toString());
        return transactions.run(
                caller.subject(),
                sql -> sql.preparedQuery(GRANT)
                        .execute(values)
                        .chain(rows -> rows.size() == 0
                                ? requireInPlace(sql, caller.subject(), id, grant.attemptId())
                                : Events.record(
                                                sql,
                                                events(
                                                        caller,
                                                        id,
                                                        rows.iterator().next()))
                                        .replaceWithVoid()));
    }

    private List<Event> events(Caller caller, UUID id, Row written) {
        Instant now = clock.instant();
        List<Event> events = new ArrayList<>();
        long generation = written.getLong("credential_generation");
        var details = Map.<String, Object>of("reconnected", true, "credential_generation", generation);
        events.add(Event.of(caller, id, EventType.UPDATED, now, details));
        String before = written.getString("status");
        if (ConnectionStatus.of(before) != ConnectionStatus.ACTIVE) {
            events.add(Event.of(caller, id, EventType.RECOVERED, now, Map.of("from", before)));
        }
        return events;
    }

    private static Uni<Void> requireInPlace(SqlConnection sql, UUID user, UUID id, UUID attempt) {
        return sql.preparedQuery(STATE)
                .execute(Tuple.of(id, user))
                .invoke(rows -> requireInPlace(
                        StreamSupport.stream(rows.spliterator(), false)
                                .findFirst()
                                .orElseThrow(RegistryProblem::connectionNotFound),
                        attempt))
                .replaceWithVoid();
    }

    private static void requireInPlace(Row state, UUID attempt) {
        if (!GRANTED.contains(state.getString("connection_method"))) {
            throw new ProblemException(
                    RegistryProblem.CONNECTION_NOT_OAUTH2,
                    "Only connections of method oauth2 and mcp are reconnected by a grant. Replace the data of others.");
        }
        UUID inPlace = state.getUUID("credential_attempt_id");
        if (!attempt.equals(inPlace)) {
            throw RegistryProblem.generationMoved(state.getLong("credential_generation"), inPlace);
        }
    }
}
