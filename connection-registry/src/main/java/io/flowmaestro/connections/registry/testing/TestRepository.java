package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who tests a connection now, and what tests found out. A claim lapses, so that a crash holds up nobody for long. */
@ApplicationScoped
class TestRepository {

    private static final String STATE = """
            select connection_method, provider, status, status_reason, last_test::text as last_test,
                   coalesce(test_claimed_until > now(), false) as under_way,
                   status = 'active' and registry.test_is_due(last_tested_at, last_test_attempt_at) as due_for_use,
                   status = 'active'
                     and coalesce(greatest(last_tested_at, last_test_attempt_at) < now() - interval '5 minutes', true)
                     as due_when_refused
              from registry.connections where id = $1 and user_id = $2 and deleted_at is null""";

    private static final String CLAIM = """
            update registry.connections
               set test_claim = $3,
                   test_claimed_until = now() + interval '1 second'
                     * case when connection_method = 'mcp' then $5::bigint else $4::bigint end
             where id = $1 and user_id = $2 and deleted_at is null
               and (test_claimed_until is null or test_claimed_until < now())
            returning connection_method, provider, credential_generation, version""";

    /**
     * Only what was found out about the credential that is still in place. That of an MCP server may have been renewed by the
     * test itself, which moves the generation; another one, or another server, moves the version.
     */
    private static final String RECORD = """
            update registry.connections c
               set last_test = $5::text::jsonb, last_test_attempt_at = now(),
                   last_tested_at = case when $6 in ('passed', 'failed') then now() else c.last_tested_at end,
                   status = case when $6 = 'passed' and c.status in ('invalid', 'expired') then 'active'
                                 when $6 = 'failed' and c.status = 'active' then 'invalid' else c.status end,
                   status_reason = case when $6 = 'passed' and c.status in ('invalid', 'expired') then null
                                        when $6 = 'failed' and c.status in ('active', 'invalid') then $7
                                        else c.status_reason end,
                   metadata = case when $8::text::jsonb = '{}' then c.metadata else c.metadata || jsonb_build_object(
                                'account', coalesce(c.metadata->'account', '{}') || $8::text::jsonb) end,
                   test_silences = case when $6 = 'inconclusive' then c.test_silences + 1 else 0 end,
                   test_due_at = now() + (0.9 + 0.2 * random()) * case when $6 = 'inconclusive'
                     then least(interval '15 minutes' * power(2, least(c.test_silences, 5)), interval '6 hours')
                     else interval '24 hours' end,
                   test_claim = null, test_claimed_until = null
              from (select status from registry.connections where id = $1 and user_id = $2 for update) before
             where c.id = $1 and c.user_id = $2 and c.deleted_at is null and c.test_claim = $3
               and case when c.connection_method = 'mcp' then c.version = $9 else c.credential_generation = $4 end
            returning before.status as before, c.status as after""";

    /** A claim outlasts its test by this. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final String RELEASE = """
            update registry.connections set test_claim = null, test_claimed_until = null
             where id = $1 and user_id = $2 and test_claim = $3""";

    private final UserTransactions transactions;
    private final ObjectMapper json;

    TestRepository(UserTransactions transactions, ObjectMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /** A connection as far as tests go. */
    record State(
            ConnectionMethod method,
            String provider,
            ConnectionStatus status,
            @Nullable String statusReason,
            @Nullable String lastTest,
            boolean underWay,
            boolean dueForUse,
            boolean dueWhenRefused) {
        boolean due(TestOccasion occasion) {
            return switch (occasion) {
                case USE -> dueForUse;
                case REFUSED -> dueWhenRefused;
            };
        }
    }

    /** The right to test a connection, with the credential that it has now. */
    record Claim(
            UUID user,
            UUID connection,
            UUID id,
            ConnectionMethod method,
            String provider,
            long generation,
            long version) {}

    Uni<State> state(UUID user, UUID id) {
        return transactions
                .run(user, sql -> sql.preparedQuery(STATE).execute(Tuple.of(id, user)))
                .map(rows -> first(rows).map(this::state).orElseThrow(RegistryProblem::connectionNotFound));
    }

    /** Empty while someone else is at it, or when there is no such connection. */
    Uni<Optional<Claim>> claim(UUID user, UUID id) {
        UUID claim = UUID.randomUUID();
        Tuple values =
                Tuple.of(id, user, claim, seconds(ConnectionTester.LONGEST), seconds(ConnectionTester.LONGEST_MCP));
        return transactions
                .run(user, sql -> sql.preparedQuery(CLAIM).execute(values))
                .map(rows -> first(rows)
                        .map(row -> new Claim(
                                user,
                                id,
                                claim,
                                ConnectionMethod.of(row.getString("connection_method")),
                                row.getString("provider"),
                                row.getLong("credential_generation"),
                                row.getLong("version"))));
    }

    private static long seconds(Duration test) {
        return test.plus(MARGIN).toSeconds();
    }

    /** Empty when the credential was replaced meanwhile, or the claim had lapsed: then nothing is recorded. */
    Uni<Optional<StatusMove>> record(Caller by, Claim claim, Finding finding, TestResult result) {
        Tuple values = Tuple.tuple()
                .addUUID(claim.connection())
                .addUUID(claim.user())
                .addUUID(claim.id())
                .addLong(finding.generation() == null ? claim.generation() : finding.generation())
                .addString(text(result))
                .addString(result.outcome().wire())
                .addString(result.message())
                .addString(finding.account().toString())
                .addLong(claim.version());
        return transactions.run(
                claim.user(),
                sql -> sql.preparedQuery(RECORD)
                        .execute(values)
                        .map(TestRepository::first)
                        .chain(written -> written.map(row -> StatusMove.of(row))
                                .map(move -> Events.record(sql, events(by, claim, result, move))
                                        .replaceWith(Optional.of(move)))
                                .orElseGet(() -> release(sql, claim).replaceWith(Optional.empty()))));
    }

    /** Gives the right back after a test that broke off. */
    Uni<Void> release(Claim claim) {
        return transactions.run(claim.user(), sql -> release(sql, claim));
    }

    private static Uni<Void> release(SqlConnection sql, Claim claim) {
        return sql.preparedQuery(RELEASE)
                .execute(Tuple.of(claim.connection(), claim.user(), claim.id()))
                .replaceWithVoid();
    }

    private static List<Event> events(Caller by, Claim claim, TestResult result, StatusMove move) {
        List<Event> events = new ArrayList<>();
        var details = Map.<String, Object>of("outcome", result.outcome().wire());
        events.add(Event.of(by, claim.connection(), EventType.TESTED, result.testedAt(), details));
        if (move.before() != move.after()) {
            var from = Map.<String, Object>of("from", move.before().wire());
            events.add(Event.of(by, claim.connection(), move.after().event(), result.testedAt(), from));
        }
        return events;
    }

    private State state(Row row) {
        return new State(
                ConnectionMethod.of(row.getString("connection_method")),
                row.getString("provider"),
                ConnectionStatus.of(row.getString("status")),
                row.getString("status_reason"),
                row.getString("last_test"),
                row.getBoolean("under_way"),
                row.getBoolean("due_for_use"),
                row.getBoolean("due_when_refused"));
    }

    private String text(TestResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }
}
