package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Makes the waiting key encryption key the primary one, in one transaction: a crash leaves either the former or the new.
 * It locks the keys' rows, and new data keys are stored under a share lock on the primary's, so none is wrapped by a key
 * that is no longer primary.
 */
@ApplicationScoped
public class KeyPromotion {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String IN_FORCE = """
            select kek_id, state = 'primary' as is_primary from vault.key_encryption_keys
             where state = 'primary' or (state = 'decrypt-only' and promoted_at is null) for update""";
    private static final String LIVE = """
            select replica_id, $2 = any (kek_ids) as holds from vault.replicas
             where seen_at > now() - make_interval(secs => $1) order by replica_id""";
    private static final String DEMOTE =
            "update vault.key_encryption_keys set state = 'decrypt-only' where kek_id = $1";
    private static final String PROMOTE =
            "update vault.key_encryption_keys set state = 'primary', promoted_at = now() where kek_id = $1";

    private final Pool pool;

    KeyPromotion(Pool pool) {
        this.pool = pool;
    }

    public Uni<PromotionOutcome> promote() {
        return pool.withTransaction(connection -> connection
                        .query(IN_FORCE)
                        .execute()
                        .map(rows ->
                                StreamSupport.stream(rows.spliterator(), false).toList())
                        .chain(rows -> promote(connection, rows)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate);
    }

    private static Uni<PromotionOutcome> promote(SqlConnection connection, List<Row> rows) {
        var waiting = rows.stream().filter(row -> !row.getBoolean("is_primary")).findFirst();
        if (waiting.isEmpty()) {
            return Uni.createFrom().item(new PromotionOutcome.NothingWaits());
        }
        var primary = rows.stream()
                .filter(row -> row.getBoolean("is_primary"))
                .findFirst()
                .orElseThrow();
        return promote(connection, primary.getUUID("kek_id"), waiting.get().getUUID("kek_id"));
    }

    private static Uni<PromotionOutcome> promote(SqlConnection connection, UUID former, UUID waiting) {
        return connection
                .preparedQuery(LIVE)
                .execute(Tuple.of(ReplicaRepository.LIVE.toSeconds(), waiting))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.partitioningBy(
                                row -> row.getBoolean("holds"),
                                Collectors.mapping(row -> row.getUUID("replica_id"), Collectors.toList()))))
                .chain(live -> isEverywhere(live)
                        ? swap(connection, former, waiting)
                        : Uni.createFrom().item(new PromotionOutcome.NotEverywhere(waiting, without(live))));
    }

    /** Some replica has to hold it, and none may lack it. */
    private static boolean isEverywhere(Map<Boolean, List<UUID>> live) {
        return without(live).isEmpty() && !live.getOrDefault(true, List.of()).isEmpty();
    }

    private static List<UUID> without(Map<Boolean, List<UUID>> live) {
        return live.getOrDefault(false, List.of());
    }

    private static Uni<PromotionOutcome> swap(SqlConnection connection, UUID former, UUID waiting) {
        return connection
                .preparedQuery(DEMOTE)
                .execute(Tuple.of(former))
                .chain(() -> connection.preparedQuery(PROMOTE).execute(Tuple.of(waiting)))
                .replaceWith(new PromotionOutcome.Promoted(former, waiting));
    }
}
