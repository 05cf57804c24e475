package io.flowmaestro.connections.registry.retention;

import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Deletes in small portions, each by itself: replicas do not get in each other's way, and a crash loses nothing. */
@ApplicationScoped
class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private static final int PORTION = 1000;

    private static final String DUE = """
            select id, user_id from registry.connections
             where deleted_at < now() - $1::bigint * interval '1 millisecond' and purged_at is null
             order by deleted_at limit 100""";

    /** As the owner of the row: a connection that was restored meanwhile stays. */
    private static final String PURGE = """
            delete from registry.connections
             where user_id = $1 and id = $2 and deleted_at < now() - $3::bigint * interval '1 millisecond'
               and revocation_due_at is null and purged_at is null
            returning name, provider, connection_method""";

    /** One whose provider has still to be told goes when that is done. */
    private static final String HIDE = """
            update registry.connections set purged_at = now()
             where user_id = $1 and id = $2 and deleted_at < now() - $3::bigint * interval '1 millisecond'
               and revocation_due_at is not null and purged_at is null
            returning name, provider, connection_method""";

    private static final String EVENTS = """
            delete from registry.connection_events where id in (
              select id from registry.connection_events
               where occurred_at < now() - $1::bigint * interval '1 millisecond' order by occurred_at limit $2)""";

    private static final String USES = """
            delete from registry.connection_uses where id in (
              select id from registry.connection_uses
               where last_at < now() - $1::bigint * interval '1 millisecond' order by last_at limit $2)""";

    private static final String DELIVERIES = """
            delete from registry.webhook_deliveries where id in (
              select id from registry.webhook_deliveries
               where finished_at < now() - $1::bigint * interval '1 millisecond' order by finished_at limit $2
                 for update skip locked)""";

    private static final String KEYS = """
            delete from registry.idempotency_keys where (user_id, key) in (
              select user_id, key from registry.idempotency_keys
               where created_at < now() - $1::bigint * interval '1 millisecond' limit $2)""";

    private static final String NOTICES = """
            delete from registry.notices where event_id in (
              select event_id from registry.notices
               where occurred_at < now() - $1::bigint * interval '1 millisecond' order by occurred_at limit $2)""";

    private static final Duration IDEMPOTENCY = Duration.ofHours(24);
    private static final Duration UNSENT_NOTICES = Duration.ofDays(7);

    private final Pool jobs;
    private final UserTransactions transactions;
    private final RetentionConfig config;
    private final Rounds rounds;
    private final Clock clock;

    Retention(
            @ReactiveDataSource("jobs") Pool jobs,
            UserTransactions transactions,
            RetentionConfig config,
            Rounds rounds,
            Clock clock) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.config = config;
        this.rounds = rounds;
        this.clock = clock;
    }

    Uni<Void> sweep() {
        return rounds.runWhileAny(this::purge)
                .chain(() -> rounds.runWhileAny(() -> delete(EVENTS, config.events())))
                .chain(() -> rounds.runWhileAny(() -> delete(USES, config.events())))
                .chain(() -> rounds.runWhileAny(() -> delete(DELIVERIES, config.deliveries())))
                .chain(() -> rounds.runWhileAny(() -> delete(KEYS, IDEMPOTENCY)))
                .chain(() -> rounds.runWhileAny(() -> delete(NOTICES, UNSENT_NOTICES)));
    }

    private Uni<Integer> delete(String statement, Duration age) {
        return jobs.preparedQuery(statement)
                .execute(Tuple.of(age.toMillis(), (long) PORTION))
                .map(RowSet::rowCount);
    }

    private Uni<Integer> purge() {
        return jobs.preparedQuery(DUE)
                .execute(Tuple.of(config.deletedConnections().toMillis()))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(row -> purge(row)
                                .onFailure()
                                .recoverWithItem(failure -> {
                                    LOG.warnf("connection %s is purged later: %s", row.getUUID("id"), failure);
                                    return 0;
                                }))
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> purge(Row due) {
        UUID user = due.getUUID("user_id");
        UUID id = due.getUUID("id");
        long age = config.deletedConnections().toMillis();
        Tuple values = Tuple.of(user, id, age);
        return transactions.run(
                user,
                sql -> sql.preparedQuery(PURGE)
                        .execute(values)
                        .chain(rows -> rows.size() == 0
                                ? sql.preparedQuery(HIDE).execute(values)
                                : Uni.createFrom().item(rows))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(0)
                                : Events.record(
                                                sql,
                                                purged(user, id, rows.iterator().next()))
                                        .replaceWith(1)));
    }

    private Event purged(UUID user, UUID id, Row row) {
        return Event.ofRegistry(
                user,
                id,
                EventType.PURGED,
                clock.instant(),
                Map.of(
                        "name", row.getString("name"),
                        "provider", row.getString("provider"),
                        "connection_method", row.getString("connection_method")));
    }
}
