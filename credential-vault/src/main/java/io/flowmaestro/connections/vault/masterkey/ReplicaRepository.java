package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** The replicas' table; it belongs to no user. */
@ApplicationScoped
class ReplicaRepository implements Replicas {

    /** A replica that was not heard of for this long counts as gone; each reports every two seconds. */
    static final Duration LIVE = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String REPORT = """
            insert into vault.replicas (replica_id, kek_ids) values ($1, $2)
            on conflict (replica_id) do update set kek_ids = excluded.kek_ids, seen_at = now()""";
    private static final String FORGET =
            "delete from vault.replicas where replica_id = $1 or seen_at < now() - interval '1 day'";

    private final Pool pool;

    ReplicaRepository(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> report(UUID replica, Set<UUID> held) {
        return bounded(REPORT, Tuple.of(replica, held.toArray(UUID[]::new)));
    }

    /** Also clears away those that ended without a word long ago. */
    @Override
    public Uni<Void> forget(UUID replica) {
        return bounded(FORGET, Tuple.of(replica));
    }

    private Uni<Void> bounded(String statement, Tuple parameters) {
        return pool.preparedQuery(statement)
                .execute(parameters)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate)
                .replaceWithVoid();
    }
}
