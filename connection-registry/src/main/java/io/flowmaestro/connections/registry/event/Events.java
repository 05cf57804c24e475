package io.flowmaestro.connections.registry.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Records events in the transaction of the change they tell of, so that neither is there without the other. */
public final class Events {

    private static final String RECORD = "select registry.record_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    /** What {@code record_event} does with events that nobody is told of, for many at once. */
    private static final String RECORD_UNTOLD = """
            insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via, trace_id, details)
            select e.id, $1, e.connection_id, e.type, e.occurred_at, e.actor, e.via, nullif(e.trace_id, ''), e.details::jsonb
              from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[])
                as e (id, connection_id, type, occurred_at, actor, via, trace_id, details)
            on conflict (id) do nothing returning type""";

    private static final String RECORD_IN_SESSION = """
            select registry.record_event(
              ?1, ?2, ?3, ?4, cast(cast(?5 as text) as timestamptz), ?6, ?7, ?8, cast(cast(?9 as text) as jsonb), ?10, ?11)""";

    private Events() {}

    /** In a transaction of the event's user. */
    public static Uni<Void> record(SqlConnection sql, Event event) {
        return record(sql, List.of(event)).replaceWithVoid();
    }

    /** In a transaction of the events' one user. Answers how many were new. */
    public static Uni<Integer> record(SqlConnection sql, List<Event> events) {
        List<Event> told = events.stream().filter(Event::isTold).toList();
        List<Event> untold = events.stream().filter(event -> !event.isTold()).toList();
        return recordUntold(sql, untold).chain(some -> recordTold(sql, told).map(others -> some + others));
    }

    private static Uni<Integer> recordTold(SqlConnection sql, List<Event> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return sql.preparedQuery(RECORD)
                .executeBatch(events.stream().map(Events::values).toList())
                .map(first -> {
                    int recorded = 0;
                    var event = events.iterator();
                    for (var rows = first; rows != null; rows = rows.next()) {
                        boolean isNew = rows.iterator().next().getBoolean(0);
                        recorded += counted(event.next().type().wire(), isNew) ? 1 : 0;
                    }
                    return recorded;
                });
    }

    private static Uni<Integer> recordUntold(SqlConnection sql, List<Event> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return sql.preparedQuery(RECORD_UNTOLD).execute(columns(events)).map(rows -> {
            count(StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("type")));
            return rows.rowCount();
        });
    }

    /** In the transaction that the session has, of the event's user. */
    public static Uni<Void> record(Mutiny.Session session, Event event) {
        return session.createNativeQuery(RECORD_IN_SESSION, Boolean.class)
                .setParameter(1, event.id())
                .setParameter(2, event.user())
                .setParameter(3, event.connection())
                .setParameter(4, event.type().wire())
                .setParameter(5, event.occurredAt().toString())
                .setParameter(6, event.actor())
                .setParameter(7, event.via())
                .setParameter(8, event.traceId())
                .setParameter(9, event.json().encode())
                .setParameter(10, event.type().isDelivered())
                .setParameter(11, event.noticed())
                .getSingleResult()
                .map(recorded -> counted(event.type().wire(), recorded))
                .replaceWithVoid();
    }

    /** A transaction that is rolled back after all has been counted; that is rare, and a count is no record. */
    private static boolean counted(String type, boolean recorded) {
        if (recorded) {
            counter(type).increment();
        }
        return recorded;
    }

    static void count(EventType type, int events) {
        counter(type.wire()).increment(events);
    }

    /** The types of events that are new. A counter is looked up once for all of its type. */
    private static void count(Stream<String> types) {
        types.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .forEach((type, events) -> counter(type).increment(events));
    }

    private static Counter counter(String type) {
        return Metrics.counter("registry.connection.events", "type", type);
    }

    private static Tuple values(Event event) {
        return Tuple.tuple()
                .addUUID(event.id())
                .addUUID(event.user())
                .addUUID(event.connection())
                .addString(event.type().wire())
                .addOffsetDateTime(event.occurredAt().atOffset(ZoneOffset.UTC))
                .addString(event.actor())
                .addString(event.via())
                .addString(event.traceId())
                .addValue(event.json())
                .addBoolean(event.type().isDelivered())
                .addBoolean(event.noticed());
    }

    /** User, ids, connections, types, moments, actors, clients, traces, details: as the statements for many take them. */
    private static Tuple columns(List<Event> events) {
        int size = events.size();
        var ids = new UUID[size];
        var connections = new UUID[size];
        var types = new String[size];
        var moments = new OffsetDateTime[size];
        var actors = new String[size];
        var clients = new String[size];
        var traces = new String[size];
        var details = new String[size];
        for (int at = 0; at < size; at++) {
            var event = events.get(at);
            ids[at] = event.id();
            connections[at] = event.connection();
            types[at] = event.type().wire();
            moments[at] = event.occurredAt().atOffset(ZoneOffset.UTC);
            actors[at] = event.actor();
            clients[at] = event.via();
            traces[at] = event.traceId();
            details[at] = event.json().encode();
        }
        return Tuple.tuple()
                .addUUID(events.getFirst().user())
                .addArrayOfUUID(ids)
                .addArrayOfUUID(connections)
                .addArrayOfString(types)
                .addArrayOfOffsetDateTime(moments)
                .addArrayOfString(actors)
                .addArrayOfString(clients)
                .addArrayOfString(traces)
                .addArrayOfString(details);
    }
}
