package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tokens that end and cannot be refreshed: their owners are told ahead, and when the time has come. */
@ApplicationScoped
class Expiries {

    private static final Logger LOG = Logger.getLogger(Expiries.class);

    private static final String DUE = """
            select id, user_id, expires_at < now() as ended from registry.connections
             where deleted_at is null and status = 'active' and refreshable is false and expires_at is not null
               and expires_at < now() + $1::bigint * interval '1 millisecond'
               and (expires_at < now() or expiry_announced is distinct from expires_at)
             order by expires_at limit 100""";

    /** Each looks again: a reconnect in between has moved the expiry. */
    private static final String ANNOUNCE = """
            update registry.connections set expiry_announced = expires_at
             where user_id = $1 and id = $2 and deleted_at is null and status = 'active' and refreshable is false
               and expires_at >= now() and expires_at < now() + $3::bigint * interval '1 millisecond'
               and expiry_announced is distinct from expires_at
            returning expires_at""";

    private static final String END = """
            update registry.connections set status = 'expired', updated_at = now(),
                   status_reason = 'The access token has ended and came without a refresh token. Reconnect it.'
             where user_id = $1 and id = $2 and deleted_at is null and status = 'active' and refreshable is false
               and expires_at < now()
            returning expires_at""";

    private final Pool jobs;
    private final UserTransactions transactions;
    private final HealthConfig config;
    private final Clock clock;

    Expiries(@ReactiveDataSource("jobs") Pool jobs, UserTransactions transactions, HealthConfig config, Clock clock) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    /** One portion. Answers how many connections were told of. */
    Uni<Integer> tell() {
        return jobs.preparedQuery(DUE)
                .execute(Tuple.of(config.expiryNotice().toMillis()))
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> tell(row)
                                .onFailure()
                                .recoverWithItem(failure -> {
                                    LOG.warnf("the end of connection %s is told later: %s", row.getUUID("id"), failure);
                                    return 0;
                                }))
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> tell(Row due) {
        UUID user = due.getUUID("user_id");
        UUID id = due.getUUID("id");
        return due.getBoolean("ended")
                ? change(user, id, EventType.EXPIRED, END, Tuple.of(user, id))
                : change(
                        user,
                        id,
                        EventType.EXPIRING,
                        ANNOUNCE,
                        Tuple.of(user, id, config.expiryNotice().toMillis()));
    }

    private Uni<Integer> change(UUID user, UUID id, EventType type, String statement, Tuple values) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(statement)
                        .execute(values)
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(0)
                                : Events.record(
                                                sql,
                                                event(
                                                        user,
                                                        id,
                                                        type,
                                                        rows.iterator().next()))
                                        .replaceWith(1)));
    }

    private Event event(UUID user, UUID id, EventType type, Row row) {
        var expiresAt = row.getOffsetDateTime("expires_at").toInstant().toString();
        return Event.ofRegistry(user, id, type, clock.instant(), Map.of("expires_at", expiresAt));
    }
}
