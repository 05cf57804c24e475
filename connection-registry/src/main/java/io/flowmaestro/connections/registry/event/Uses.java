package io.flowmaestro.connections.registry.event;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The uses that a report tells of, in batches as they are kept: those of one connection, of one type, by one actor
 * through one client, within the same ten seconds (docs/adr/0036).
 */
final class Uses {

    /** Less lies between any two uses of a batch. */
    static final Duration SPAN = Duration.ofSeconds(10);

    static final String RECORD =
            "select whose, own, known from registry.record_uses($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private static final int HALF_A_TRACE = 16;

    /** What the uses of a batch have in common. */
    private record Kind(UUID connection, EventType type, String actor, String via, long span) {

        static Kind of(Event use) {
            return new Kind(
                    use.connection(),
                    use.type(),
                    use.actor(),
                    use.via(),
                    Math.floorDiv(use.occurredAt().getEpochSecond(), SPAN.toSeconds()));
        }
    }

    /** What makes a use the same: of another user or connection it may be nobody's. */
    private record Told(UUID user, UUID connection, UUID id) {}

    /** By user, since a user's have to stand together. */
    private final Map<UUID, Map<Kind, List<Event>>> batches = new LinkedHashMap<>();

    private final Set<Told> seen = new HashSet<>();
    private final List<Event> repeated = new ArrayList<>();

    /** One that the report tells twice is kept once. */
    void add(Event use) {
        if (seen.add(new Told(use.user(), use.connection(), use.id()))) {
            batches.computeIfAbsent(use.user(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(Kind.of(use), _ -> new ArrayList<>())
                    .add(use);
        } else {
            repeated.add(use);
        }
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    /** The parameters of {@link #RECORD}: of each batch, and then of each use. */
    Tuple columns() {
        int size = batches.values().stream().mapToInt(Map::size).sum();
        var users = new UUID[size];
        var connections = new UUID[size];
        var types = new String[size];
        var actors = new String[size];
        var clients = new String[size];
        var lasts = new OffsetDateTime[size];
        var starts = new Integer[size];
        var ends = new Integer[size];
        var uses = new Columns(seen.size());
        int at = 0;
        for (var own : batches.values()) {
            for (var batch : own.values()) {
                var first = batch.getFirst();
                users[at] = first.user();
                connections[at] = first.connection();
                types[at] = first.type().wire();
                actors[at] = first.actor();
                clients[at] = first.via();
                starts[at] = uses.size + 1;
                lasts[at] = uses.add(batch);
                ends[at] = uses.size;
                at++;
            }
        }
        return Tuple.tuple()
                .addArrayOfUUID(users)
                .addArrayOfUUID(connections)
                .addArrayOfString(types)
                .addArrayOfString(actors)
                .addArrayOfString(clients)
                .addArrayOfOffsetDateTime(lasts)
                .addArrayOfInteger(starts)
                .addArrayOfInteger(ends)
                .addArrayOfUUID(uses.ids)
                .addArrayOfOffsetDateTime(uses.moments)
                .addArrayOfUUID(uses.traces)
                .addArrayOfString(uses.details);
    }

    /** What each use has of its own. */
    private static final class Columns {
        final UUID[] ids;
        final OffsetDateTime[] moments;
        final @Nullable UUID[] traces;
        final String[] details;
        int size;

        Columns(int size) {
            ids = new UUID[size];
            moments = new OffsetDateTime[size];
            traces = new UUID[size];
            details = new String[size];
        }

        /** Gives the moment of the latest one. */
        OffsetDateTime add(List<Event> batch) {
            var latest = Instant.MIN;
            for (var use : batch) {
                var moment = use.occurredAt();
                latest = moment.isAfter(latest) ? moment : latest;
                ids[size] = use.id();
                moments[size] = moment.atOffset(ZoneOffset.UTC);
                traces[size] = trace(use.traceId());
                details[size] = use.json().encode();
                size++;
            }
            return latest.atOffset(ZoneOffset.UTC);
        }

        /** As many digits as a UUID has, in half of the text's size. */
        private static @Nullable UUID trace(String trace) {
            return trace.isEmpty()
                    ? null
                    : new UUID(
                            HexFormat.fromHexDigitsToLong(trace, 0, HALF_A_TRACE),
                            HexFormat.fromHexDigitsToLong(trace, HALF_A_TRACE, trace.length()));
        }
    }

    /** What became of one user's, by the row that {@link #RECORD} answers for them. */
    UsageService.Taken taken(Row row) {
        var user = row.getUUID("whose");
        var own = Set.of(row.getArrayOfUUIDs("own"));
        var known = Set.copyOf(List.of(row.getArrayOfUUIDs("known")));
        var recorded = new EnumMap<EventType, Integer>(EventType.class);
        int told = 0;
        for (var batch : batches.getOrDefault(user, Map.of()).entrySet()) {
            if (own.contains(batch.getKey().connection())) {
                told += batch.getValue().size();
                recorded.merge(batch.getKey().type(), countNew(batch.getValue(), known), Integer::sum);
            }
        }
        recorded.forEach(Events::count);
        int accepted = recorded.values().stream().mapToInt(Integer::intValue).sum();
        long again = repeated.stream()
                .filter(use -> use.user().equals(user) && own.contains(use.connection()))
                .count();
        return new UsageService.Taken(accepted, told - accepted + Math.toIntExact(again));
    }

    private static int countNew(Collection<Event> batch, Set<UUID> known) {
        return known.isEmpty()
                ? batch.size()
                : Math.toIntExact(
                        batch.stream().filter(use -> !known.contains(use.id())).count());
    }
}
