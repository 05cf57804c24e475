package io.flowmaestro.connections.oauth.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log's statements. Each is one call of a function that sets the user itself; the functions say what they do. */
@ApplicationScoped
class AttemptRepository {

    private static final String CLAIM = "select * from oauth.claim_refresh($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    private static final String SEND = "select oauth.send_attempt($1, $2, $3, $4, $5, $6) as sent";
    private static final String KEEP = "select oauth.keep_answer($1, $2, $3) as state";
    private static final String END = "select oauth.end_attempt($1, $2, $3, $4, $5, $6, $7) as failures";
    private static final String FIND = """
            select id, connection_id, user_id, provider, generation, owner, state, sealing_key, answer
            from oauth.refresh_attempts
            where id = $1 and user_id = $2 and answer is not null
            """;
    /**
     * Of the grant in use: every step since has been a refresh of ours. `sent` with an answer: one that could not be read or
     * opened when it was to be published.
     */
    private static final String SPARE = """
            select s.id from oauth.refresh_attempts s
            where s.connection_id = $1 and s.user_id = $2 and s.generation < $3
              and (s.state = 'spare' or s.state = 'sent' and s.answer is not null)
              and $3 - s.generation = (select count(distinct a.generation) from oauth.refresh_attempts a
                   where a.connection_id = $1 and a.user_id = $2 and a.id <> s.id and a.generation >= s.generation
                     and a.generation < $3 and a.state in ('published', 'answered', 'spare'))
            order by s.state = 'spare' desc, s.answered_at desc limit 8
            """;

    private static final String UNREAD = """
            select id from oauth.refresh_attempts
            where connection_id = $1 and user_id = $2 and generation = $3 and state = 'sent' and answer is not null
            order by answered_at desc limit 8
            """;
    private static final String UNRESOLVED = """
            select exists (select from oauth.refresh_attempts
            where connection_id = $1 and user_id = $2 and generation = $3 and id <> $4
              and (state = 'answered'
                   or state = 'sent' and deadline + make_interval(secs => $5) > clock_timestamp())) as unresolved
            """;
    private static final String IN_LEEWAY = """
            select coalesce(min(sent_at) + make_interval(secs => $4) > clock_timestamp(), false) as within
            from oauth.refresh_attempts
            where connection_id = $1 and user_id = $2 and generation = $3 and state = 'sent'
            """;
    private static final String MISSING = """
            update oauth.refresh_attempts set missing_since = coalesce(missing_since, clock_timestamp())
            where id = $1 and user_id = $2
            returning missing_since < clock_timestamp() - make_interval(secs => $3) as gone
            """;
    private static final String THERE = """
            update oauth.refresh_attempts set missing_since = null
            where id = $1 and user_id = $2 and missing_since is not null
            """;
    private static final String VERDICT = "select oauth.late_verdict($1, $2, $3, $4, $5) as verdict";

    private final Pool pool;
    private final UserTransactions transactions;

    AttemptRepository(Pool pool, UserTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    Uni<Claim> claim(Contender contender) {
        UUID attempt = UUID.randomUUID();
        var row = Tuple.tuple()
                .addUUID(contender.user())
                .addUUID(contender.connection())
                .addString(contender.provider())
                .addLong(contender.generation())
                .addUUID(contender.owner())
                .addUUID(attempt)
                .addDouble(seconds(contender.lease()))
                .addDouble(seconds(contender.quarantine()))
                .addBoolean(contender.insists());
        return only(CLAIM, row).map(answer -> claim(contender, answer));
    }

    private static Claim claim(Contender contender, Row answer) {
        return switch (answer.getString("outcome")) {
            case "leased" ->
                new Claim.Leased(new Lease(
                        answer.getUUID("attempt_id"),
                        contender.owner(),
                        contender.user(),
                        contender.connection(),
                        contender.provider(),
                        contender.generation(),
                        answer.getInteger("lost")));
            case "held" -> new Claim.Held();
            case "resting" -> new Claim.Resting(wait(answer));
            case "quarantined" -> new Claim.Quarantined(wait(answer));
            case "unpublished" -> new Claim.Unpublished(answer.getUUID("attempt_id"));
            case "moved" -> new Claim.Moved();
            case String other -> throw new IllegalStateException("claim_refresh says " + other);
        };
    }

    private static Duration wait(Row answer) {
        return Duration.ofMillis((long) (answer.getDouble("wait_seconds") * 1000));
    }

    Uni<Boolean> firstSentWithinLeeway(Contender contender) {
        var row =
                Tuple.of(contender.connection(), contender.user(), contender.generation(), seconds(contender.leeway()));
        return one(contender.user(), IN_LEEWAY, row)
                .map(found -> found.orElseThrow().getBoolean("within"));
    }

    /** Whether the lease was still there. */
    Uni<Boolean> send(Lease lease, JsonNode sealingKey, Duration length) {
        var row = Tuple.tuple()
                .addUUID(lease.user())
                .addUUID(lease.attempt())
                .addUUID(lease.connection())
                .addUUID(lease.owner())
                .addValue(new JsonObject(sealingKey.toString()))
                .addDouble(seconds(length));
        return only(SEND, row).map(answer -> answer.getBoolean("sent"));
    }

    /** The state in which the attempt is now; null if there is none such any more. */
    Uni<@Nullable String> keep(SealedAnswer answer) {
        var row = Tuple.of(answer.user(), answer.attempt(), Buffer.buffer(answer.bytes()));
        return only(KEEP, row).map(kept -> kept.getString("state"));
    }

    /** How many refreshes of the connection had failed before. */
    Uni<Integer> end(Lease lease, Ending ending) {
        var row = Tuple.tuple()
                .addUUID(lease.user())
                .addUUID(lease.attempt())
                .addUUID(lease.connection())
                .addUUID(lease.owner())
                .addString(ending.state())
                .addBoolean(ending.failed())
                .addDouble(seconds(ending.pause()));
        return only(END, row).map(answer -> answer.getInteger("failures"));
    }

    /** An answer that waits, with the envelope of its key. */
    Uni<Optional<Stored>> find(UUID user, UUID attempt) {
        return one(user, FIND, Tuple.of(attempt, user)).map(found -> found.map(AttemptRepository::stored));
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and changed by nobody.
    record Stored(Lease lease, String state, JsonObject sealingKey, byte[] answer) {}

    private static Stored stored(Row row) {
        var lease = new Lease(
                row.getUUID("id"),
                row.getUUID("owner"),
                row.getUUID("user_id"),
                row.getUUID("connection_id"),
                row.getString("provider"),
                row.getLong("generation"),
                0);
        return new Stored(
                lease,
                row.getString("state"),
                row.getJsonObject("sealing_key"),
                row.getBuffer("answer").getBytes());
    }

    Uni<List<UUID>> spare(Lease lease) {
        return ids(SPARE, lease);
    }

    Uni<List<UUID>> unread(Lease lease) {
        return ids(UNREAD, lease);
    }

    private Uni<List<UUID>> ids(String sql, Lease lease) {
        return rows(lease.user(), sql, Tuple.of(lease.connection(), lease.user(), lease.generation()))
                .map(found -> found.stream().map(row -> row.getUUID("id")).toList());
    }

    Uni<Boolean> unresolved(Lease lease, Duration quarantine) {
        var row = Tuple.of(lease.connection(), lease.user(), lease.generation(), lease.attempt(), seconds(quarantine));
        return one(lease.user(), UNRESOLVED, row)
                .map(found -> found.orElseThrow().getBoolean("unresolved"));
    }

    /** Whether the connection has been missing for so long. */
    Uni<Boolean> missing(Lease lease, Duration undo) {
        return one(lease.user(), MISSING, Tuple.of(lease.attempt(), lease.user(), seconds(undo)))
                .map(found -> found.map(row -> row.getBoolean("gone")).orElse(false));
    }

    Uni<Void> there(Lease lease) {
        return one(lease.user(), THERE, Tuple.of(lease.attempt(), lease.user())).replaceWithVoid();
    }

    /** The state in which tokens end that came when the connection was at {@code present} already. */
    Uni<Ending> verdict(Lease lease, long present) {
        var row = Tuple.tuple()
                .addUUID(lease.user())
                .addUUID(lease.attempt())
                .addUUID(lease.connection())
                .addLong(lease.generation())
                .addLong(present);
        return only(VERDICT, row).map(answer -> switch (answer.getString("verdict")) {
            case "spare" -> Ending.SPARE;
            case "unwanted" -> Ending.UNWANTED;
            case "failed" -> Ending.DISCARDED;
            case String other -> throw new IllegalStateException("late_verdict says " + other);
        });
    }

    private Uni<Optional<Row>> one(UUID user, String sql, Tuple parameters) {
        return rows(user, sql, parameters).map(rows -> rows.stream().findFirst());
    }

    private Uni<RowSet<Row>> rows(UUID user, String sql, Tuple parameters) {
        return Detached.call(transactions.run(
                user, connection -> connection.preparedQuery(sql).execute(parameters)));
    }

    private Uni<Row> only(String sql, Tuple parameters) {
        return Detached.call(pool.preparedQuery(sql).execute(parameters)).map(AttemptRepository::first);
    }

    private static Row first(RowSet<Row> rows) {
        return rows.iterator().next();
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1000.0;
    }
}
