package io.flowmaestro.connections.registry.importing;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows that are taken over, each in a transaction of its owner's. */
@ApplicationScoped
class ImportRepository {

    private static final String KNOWN = "select id from registry.connections where user_id = $1 and id = any($2)";

    private static final String INSERT = """
            insert into registry.connections
              (id, user_id, name, connection_method, provider, status, data, mcp_server_url, mcp_tools, capabilities,
               metadata, last_used_at, last_tested_at, created_at, updated_at, deleted_at)
            values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9::text::jsonb, $10::text::jsonb, $11::text::jsonb,
                    $12, $13, $14, $15, $16)
            on conflict (id) do nothing""";

    private final UserTransactions transactions;
    private final Clock clock;

    ImportRepository(UserTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    Uni<Set<UUID>> known(UUID user, List<UUID> ids) {
        Tuple values = Tuple.tuple().addUUID(user).addArrayOfUUID(ids.toArray(UUID[]::new));
        return transactions.run(
                user,
                sql -> sql.preparedQuery(KNOWN)
                        .execute(values)
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> row.getUUID("id"))
                                .collect(Collectors.toSet())));
    }

    /** Answers whether the row was made; it was not if the id is in use, by whomever. */
    Uni<Boolean> insert(Caller operator, ImportedConnection row, String envelope) {
        var by = new Caller(row.user(), operator.actor(), operator.via());
        var event = Event.of(
                by,
                row.id(),
                EventType.IMPORTED,
                clock.instant(),
                Map.of("connection_method", row.method().wire(), "provider", row.provider()));
        return transactions.run(
                row.user(),
                sql -> sql.preparedQuery(INSERT)
                        .execute(values(row, envelope))
                        .map(rows -> rows.rowCount() == 1)
                        .call(made -> made
                                ? Events.record(sql, event)
                                : Uni.createFrom().voidItem()));
    }

    private static Tuple values(ImportedConnection row, String envelope) {
        return Tuple.tuple()
                .addUUID(row.id())
                .addUUID(row.user())
                .addString(row.name())
                .addString(row.method().wire())
                .addString(row.provider())
                .addString(row.status().wire())
                .addString(envelope)
                .addString(row.mcpServerUrl())
                .addString(row.mcpTools() == null ? null : row.mcpTools().toString())
                .addString(row.capabilities().toString())
                .addString(row.metadata().toString())
                .addOffsetDateTime(utc(row.lastUsedAt()))
                .addOffsetDateTime(utc(row.lastTestedAt()))
                .addOffsetDateTime(utc(row.createdAt()))
                .addOffsetDateTime(utc(row.updatedAt()))
                .addOffsetDateTime(utc(row.deletedAt()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
