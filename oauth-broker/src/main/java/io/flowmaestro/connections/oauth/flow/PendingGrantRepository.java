package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Grants that are not settled. All times are PostgreSQL's. */
@ApplicationScoped
class PendingGrantRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
    private static final String INSERT = """
            with older as (
                update oauth.pending_grants set state = 'refused'
                 where $6 and user_id = $1 and connection_id = $3 and id <> $2 and generation is null and state = 'pending')
            insert into oauth.pending_grants (user_id, id, connection_id, flow_id, provider, renews, name, mcp_server_url,
                                              envelope, expires_at, refreshable, metadata)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12::text::jsonb)
            """;
    private static final String FIND = """
            select id, user_id, connection_id, flow_id, provider, state, renews, generation, name, mcp_server_url,
                   envelope::text as envelope, expires_at, refreshable, metadata::text as metadata, created_at
            from oauth.pending_grants where user_id = $1 and id = $2
            """;
    private static final String BIND = """
            update oauth.pending_grants set generation = $3
            where user_id = $1 and id = $2 and generation is null and state = 'pending'
            """;
    private static final String UNBIND =
            "update oauth.pending_grants set generation = null where user_id = $1 and id = $2 and generation = $3";
    private static final String MISSING = """
            update oauth.pending_grants set missing_since = coalesce(missing_since, clock_timestamp())
            where user_id = $1 and id = $2 returning missing_since < clock_timestamp() - make_interval(secs => $3) as gone
            """;
    private static final String CALL_OFF =
            "update oauth.pending_grants set state = 'refused' where user_id = $1 and connection_id = $2 and renews";
    private static final String REFUSE =
            "update oauth.pending_grants set state = 'refused' where user_id = $1 and id = $2";
    private static final String RELEASE = """
            update oauth.pending_grants set claimed_until = clock_timestamp() + make_interval(secs => $3)
            where user_id = $1 and id = $2
            """;
    private static final String REMOVE = "delete from oauth.pending_grants where user_id = $1 and id = $2";

    private final UserTransactions transactions;

    PendingGrantRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The grant is this replica's for two minutes. An older one for the same connection that nobody has asked the registry to write
     * is called off: the user has consented anew since.
     */
    Uni<Void> insert(PendingGrant grant) {
        var made = grant.target() instanceof PendingGrant.Made found ? found : null;
        var row = Tuple.tuple()
                .addUUID(grant.user())
                .addUUID(grant.id())
                .addUUID(grant.connection())
                .addUUID(grant.flow())
                .addString(grant.provider())
                .addBoolean(made == null)
                .addString(made == null ? null : made.name())
                .addString(made == null ? null : made.mcpServerUrl())
                .addString(grant.envelope().toString())
                .addOffsetDateTime(
                        grant.expiresAt() == null ? null : grant.expiresAt().atOffset(ZoneOffset.UTC))
                .addBoolean(grant.refreshable())
                .addString(json(grant.metadata()));
        return run(grant.user(), INSERT, row).replaceWithVoid();
    }

    Uni<Optional<PendingGrant>> find(UUID user, UUID id) {
        return run(user, FIND, Tuple.of(user, id))
                .map(rows -> rows.stream().map(PendingGrantRepository::grant).findFirst());
    }

    /** To be called before the registry is asked to renew the connection. Fails for a grant that is gone, or that another replica is at. */
    Uni<PendingGrant> bind(PendingGrant grant, long generation) {
        return run(grant.user(), BIND, Tuple.of(grant.user(), grant.id(), generation))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new IllegalStateException("the grant is settled, called off, or at another replica");
                    }
                    return grant.at(new PendingGrant.Bound(generation));
                });
    }

    /** To be called when the registry has said that it did not write. */
    Uni<PendingGrant> unbind(PendingGrant grant, long generation) {
        return run(grant.user(), UNBIND, Tuple.of(grant.user(), grant.id(), generation))
                .replaceWith(grant.at(new PendingGrant.Renewed()));
    }

    /** Whether the connection has been missing for so long. */
    Uni<Boolean> missing(PendingGrant grant, Duration undo) {
        return run(grant.user(), MISSING, Tuple.of(grant.user(), grant.id(), undo.toMillis() / 1000.0))
                .map(rows -> rows.stream().anyMatch(row -> row.getBoolean("gone")));
    }

    /** Whether the grant is still there. */
    Uni<Boolean> refuse(PendingGrant grant) {
        return run(grant.user(), REFUSE, Tuple.of(grant.user(), grant.id())).map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> callOff(UUID user, UUID connection) {
        return run(user, CALL_OFF, Tuple.of(user, connection)).replaceWithVoid();
    }

    /** Whoever comes after that time goes on. */
    Uni<Void> release(PendingGrant grant, Duration pause) {
        return run(grant.user(), RELEASE, Tuple.of(grant.user(), grant.id(), pause.toMillis() / 1000.0))
                .replaceWithVoid();
    }

    Uni<Void> remove(PendingGrant grant) {
        return run(grant.user(), REMOVE, Tuple.of(grant.user(), grant.id())).replaceWithVoid();
    }

    private Uni<RowSet<Row>> run(UUID user, String sql, Tuple parameters) {
        return Detached.call(transactions.run(
                user, connection -> connection.preparedQuery(sql).execute(parameters)));
    }

    private static PendingGrant grant(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new PendingGrant(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("connection_id"),
                row.getUUID("flow_id"),
                row.getString("provider"),
                target(row),
                read(row.getString("envelope")),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getBoolean("refreshable"),
                JSON.convertValue(read(row.getString("metadata")), MEMBERS),
                row.getString("state").equals("refused"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static PendingGrant.Target target(Row row) {
        if (!row.getBoolean("renews")) {
            return new PendingGrant.Made(row.getString("name"), row.getString("mcp_server_url"));
        }
        @Nullable Long generation = row.getLong("generation");
        return generation == null ? new PendingGrant.Renewed() : new PendingGrant.Bound(generation);
    }

    private static String json(Map<String, Object> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what is shown of a grant is always JSON", impossible);
        }
    }

    private static JsonNode read(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL gives JSON for jsonb", impossible);
        }
    }
}
