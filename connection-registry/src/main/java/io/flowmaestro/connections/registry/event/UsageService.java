package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Records what services report: uses, with when each connection was last used, and how refreshes went. */
@ApplicationScoped
class UsageService {

    /** Locked in the order of ids, so that two reports never wait for each other. */
    private static final String OWN = """
            select id from registry.connections
             where user_id = $1 and id = any($2) and purged_at is null order by id for no key update""";

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

    /** Uses of any users go in one statement, and what else there is of each user in a transaction. */
    Uni<Taken> take(List<Event> events) {
        var uses = new Uses();
        SortedMap<UUID, List<Event>> others = new TreeMap<>();
        for (var event : events) {
            if (event.type().isUse()) {
                uses.add(event);
            } else {
                others.computeIfAbsent(event.user(), _ -> new ArrayList<>()).add(event);
            }
        }
        var taken = uses.isEmpty() ? Uni.createFrom().item(Taken.NOTHING) : take(uses);
        for (var one : others.entrySet()) {
            taken = taken.chain(before -> take(one.getKey(), one.getValue()).map(before::and));
        }
        return taken;
    }

    private Uni<Taken> take(Uses uses) {
        return pool.preparedQuery(Uses.RECORD).execute(uses.columns()).map(rows -> {
            var taken = Taken.NOTHING;
            for (var row : rows) {
                taken = taken.and(uses.taken(row));
            }
            return taken;
        });
    }

    private Uni<Taken> take(UUID user, List<Event> events) {
        UUID[] ids = events.stream().map(Event::connection).distinct().toArray(UUID[]::new);
        return transactions.run(
                user,
                sql -> own(sql, user, ids)
                        .map(own -> events.stream()
                                .filter(event -> own.contains(event.connection()))
                                .toList())
                        .chain(known -> Events.record(sql, known)
                                .map(recorded -> new Taken(recorded, known.size() - recorded))));
    }

    private static Uni<Set<UUID>> own(SqlConnection sql, UUID user, UUID[] ids) {
        return sql.preparedQuery(OWN)
                .execute(Tuple.tuple().addUUID(user).addArrayOfUUID(ids))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .collect(Collectors.toSet()));
    }
}
