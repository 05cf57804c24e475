package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Flows and what became of them. All times are PostgreSQL's. */
@ApplicationScoped
class FlowRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CLEAR_OLD = "delete from oauth.flows where user_id = $1 and expires_at < now()";
    private static final String CLEAR_OLD_RESULTS =
            "delete from oauth.flow_results where user_id = $1 and created_at < now() - interval '7 days'";
    private static final String INSERT = """
            insert into oauth.flows (id, user_id, provider, redirect_uri, state_hash, browser_hash, scopes, name, return_to,
                                     connection_id, variables, authorization_envelope, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, now() + make_interval(secs => $13))
            """;
    private static final String INSERT_RESULT = """
            insert into oauth.flow_results (flow_id, user_id, provider, expires_at)
            values ($1, $2, $3, now() + make_interval(secs => $4)) returning expires_at
            """;
    private static final String TAKE = "select * from oauth.take_flow($1)";
    private static final String SUCCEED = """
            update oauth.flow_results set status = 'succeeded', connection_id = $3, finished_at = now()
            where user_id = $1 and flow_id = $2
            """;
    private static final String FAIL = """
            update oauth.flow_results set status = 'failed', code = $3, message = $4, finished_at = now()
            where user_id = $1 and flow_id = $2
            """;
    /** One whose grant is not settled is pending for longer than its callback was waited for. */
    private static final String FIND = """
            select r.flow_id, r.provider, r.connection_id, r.code, r.message, r.expires_at,
                   case when r.status = 'pending' and r.expires_at <= now()
                             and not exists (select from oauth.pending_grants g where g.user_id = $1 and g.flow_id = $2)
                        then 'expired' else r.status end as status
            from oauth.flow_results r where r.user_id = $1 and r.flow_id = $2
            """;

    private final UserTransactions transactions;
    private final Pool pool;

    FlowRepository(UserTransactions transactions, Pool pool) {
        this.transactions = transactions;
        this.pool = pool;
    }

    /** Answers when the flow expires. Clears the user's dead flows on the way, so none pile up. */
    Uni<Instant> begin(NewFlow flow, Duration lifetime) {
        return transactions.run(flow.user(), connection -> insert(connection, flow, lifetime));
    }

    private static Uni<Instant> insert(SqlConnection connection, NewFlow flow, Duration lifetime) {
        double seconds = lifetime.toMillis() / 1000.0;
        var row = Tuple.tuple()
                .addUUID(flow.id())
                .addUUID(flow.user())
                .addString(flow.provider())
                .addString(flow.redirectUri())
                .addValue(flow.stateHash().bytes())
                .addValue(flow.browserHash().bytes())
                .addArrayOfString(flow.scopes().toArray(String[]::new))
                .addString(flow.name())
                .addString(flow.returnTo())
                .addUUID(flow.connection())
                .addValue(variables(flow))
                .addString(
                        flow.authorization() == null
                                ? null
                                : flow.authorization().toString())
                .addDouble(seconds);
        return execute(connection, CLEAR_OLD, Tuple.of(flow.user()))
                .chain(() -> execute(connection, CLEAR_OLD_RESULTS, Tuple.of(flow.user())))
                .chain(() -> execute(connection, INSERT, row))
                .chain(() ->
                        execute(connection, INSERT_RESULT, Tuple.of(flow.id(), flow.user(), flow.provider(), seconds)))
                .map(rows ->
                        rows.iterator().next().getOffsetDateTime("expires_at").toInstant());
    }

    /** Takes the flow out: of any number of callbacks with this state, one gets it. Its user is not known before. */
    Uni<Optional<TakenFlow>> take(State state) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.tuple().addValue(state.hash().bytes()))
                .map(rows -> rows.stream().map(FlowRepository::taken).findFirst());
    }

    Uni<Void> succeed(UUID user, UUID flow, UUID connection) {
        return transactions.run(
                user,
                sql -> execute(sql, SUCCEED, Tuple.of(user, flow, connection)).replaceWithVoid());
    }

    Uni<Void> fail(UUID user, UUID flow, String code, String message) {
        return transactions.run(
                user,
                sql -> execute(sql, FAIL, Tuple.of(user, flow, code, message)).replaceWithVoid());
    }

    Uni<Optional<FlowView>> find(UUID user, UUID flow) {
        return transactions.run(
                user,
                connection -> execute(connection, FIND, Tuple.of(user, flow))
                        .map(rows -> rows.stream().map(FlowRepository::view).findFirst()));
    }

    private static Uni<RowSet<Row>> execute(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static TakenFlow taken(Row row) {
        return new TakenFlow(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("provider"),
                row.getString("redirect_uri"),
                new Digest(row.getBuffer("browser_hash").getDelegate()),
                List.of(row.getArrayOfStrings("scopes")),
                extraScopes(row.getJsonObject("variables")),
                row.getString("name"),
                row.getString("return_to"),
                row.getUUID("connection_id"),
                variables(row.getJsonObject("variables")),
                envelope(row.getJsonObject("authorization_envelope")),
                row.getBoolean("expired"));
    }

    private static @Nullable JsonNode envelope(@Nullable JsonObject stored) {
        try {
            return stored == null ? null : JSON.readTree(stored.encode());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL gives JSON for jsonb", impossible);
        }
    }

    /** The parameter's name is one that no variable has, so scopes of the second kind stand among them. */
    private static JsonObject variables(NewFlow flow) {
        var object = new JsonObject();
        flow.variables().forEach(object::put);
        if (!flow.extraScopes().isEmpty()) {
            object.put(TokenData.EXTRA_SCOPES, String.join(" ", flow.extraScopes()));
        }
        return object;
    }

    private static Map<String, String> variables(JsonObject object) {
        Map<String, String> variables = new HashMap<>();
        object.forEach(
                variable -> variables.put(variable.getKey(), variable.getValue().toString()));
        variables.remove(TokenData.EXTRA_SCOPES);
        return variables;
    }

    private static List<String> extraScopes(JsonObject object) {
        return Exchanged.extraScopes(object.getString(TokenData.EXTRA_SCOPES, ""));
    }

    private static FlowView view(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new FlowView(
                row.getUUID("flow_id"),
                row.getString("provider"),
                row.getString("status"),
                row.getUUID("connection_id"),
                row.getString("code"),
                row.getString("message"),
                expiresAt.toInstant());
    }
}
