package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Records reported uses, and when each connection was last used: one statement for a whole report of uses. */
@ApplicationScoped
class UsageService {

    private static final Set<EventType> USES = EnumSet.of(EventType.USED, EventType.TOOL_CALLED);

    /** Locked in the order of ids, so that two reports never wait for each other. */
    private static final String OWN = """
            select id from registry.connections
             where user_id = $1 and id = any($2) and purged_at is null order by id for no key update""";

    /** Neither version nor updated_at moves: nobody edited anything. Tokens in use are refreshed ahead again. */
    private static final String STAMP = """
            update registry.connections c set last_used_at = greatest(c.last_used_at, u.at), refresh_idle = false
              from unnest($2::uuid[], $3::timestamptz[]) as u (id, at)
             where c.user_id = $1 and c.id = u.id and c.last_used_at is distinct from greatest(c.last_used_at, u.at)""";

    /** The same for uses alone, of any users, in one statement: a row for each user. */
    private static final String TAKE =
            "select known, recorded from registry.take_uses_of($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private final Pool pool;
    private final UserTransactions transactions;

    UsageService(Pool pool, UserTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /** What became of a report; events about connections that are purged or nobody's are neither. */
    record Taken(int accepted, int duplicates) {

        static final Taken NOTHING = new Taken(0, 0);

        Taken and(Taken other) {
            return new Taken(accepted + other.accepted, duplicates + other.duplicates);
        }
    }

    /** Users whose connections were only used go in one statement, the others each in a transaction. */
    Uni<Taken> take(List<Event> events) {
        var byUser = byUser(events);
        List<Event> uses = new ArrayList<>(events.size());
        for (var one : byUser.values()) {
            if (isUsesAlone(one)) {
                uses.addAll(one);
            }
        }
        var taken = uses.isEmpty() ? Uni.createFrom().item(Taken.NOTHING) : takeUses(uses);
        for (var one : byUser.entrySet()) {
            if (!isUsesAlone(one.getValue())) {
                taken = taken.chain(
                        before -> takeAll(one.getKey(), one.getValue()).map(before::and));
            }
        }
        return taken;
    }

    private static SortedMap<UUID, List<Event>> byUser(List<Event> events) {
        SortedMap<UUID, List<Event>> byUser = new TreeMap<>();
        for (var event : events) {
            byUser.computeIfAbsent(event.user(), _ -> new ArrayList<>()).add(event);
        }
        return byUser;
    }

    private static boolean isUsesAlone(List<Event> events) {
        for (var event : events) {
            if (!USES.contains(event.type())) {
                return false;
            }
        }
        return true;
    }

    private Uni<Taken> takeUses(List<Event> uses) {
        return pool.preparedQuery(TAKE).execute(Events.columnsOfUsers(uses)).map(rows -> {
            var taken = Taken.NOTHING;
            for (var row : rows) {
                var recorded = row.getArrayOfStrings("recorded");
                Events.count(Arrays.stream(recorded));
                taken = taken.and(new Taken(recorded.length, Math.toIntExact(row.getLong("known")) - recorded.length));
            }
            return taken;
        });
    }

    private Uni<Taken> takeAll(UUID user, List<Event> events) {
        UUID[] ids = events.stream().map(Event::connection).distinct().toArray(UUID[]::new);
        return transactions.run(
                user,
                sql -> own(sql, user, ids)
                        .map(own -> events.stream()
                                .filter(event -> own.contains(event.connection()))
                                .toList())
                        .chain(known -> stamp(sql, user, known)
                                .chain(() -> Events.record(sql, known))
                                .map(recorded -> new Taken(recorded, known.size() - recorded))));
    }

    private static Uni<Set<UUID>> own(SqlConnection sql, UUID user, UUID[] ids) {
        return sql.preparedQuery(OWN)
                .execute(Tuple.tuple().addUUID(user).addArrayOfUUID(ids))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .collect(Collectors.toSet()));
    }

    private static Uni<Void> stamp(SqlConnection sql, UUID user, List<Event> events) {
        Map<UUID, Instant> latest = events.stream()
                .filter(event -> USES.contains(event.type()))
                .collect(Collectors.toMap(
                        Event::connection, Event::occurredAt, (a, b) -> a.isAfter(b) ? a : b, TreeMap::new));
        if (latest.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.preparedQuery(STAMP)
                .execute(Tuple.tuple()
                        .addUUID(user)
                        .addArrayOfUUID(latest.keySet().toArray(UUID[]::new))
                        .addArrayOfOffsetDateTime(latest.values().stream()
                                .map(at -> at.atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }
}
