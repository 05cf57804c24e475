package io.flowmaestro.connections.vault.audit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The application role can add checkpoints, and neither read nor change them. */
@ApplicationScoped
class CheckpointRepository {

    private static final long TIMEOUT_SECONDS = 5;
    private static final String ADD = """
            insert into vault.audit_checkpoints (writer_id, sequence, mac)
            select * from unnest($1::uuid[], $2::bigint[], $3::bytea[])
            on conflict do nothing""";

    private final Pool pool;

    CheckpointRepository(Pool pool) {
        this.pool = pool;
    }

    Future<Void> add(List<Checkpoint> checkpoints) {
        return pool.preparedQuery(ADD)
                .execute(columns(checkpoints))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .mapEmpty();
    }

    static Tuple columns(List<Checkpoint> checkpoints) {
        return Tuple.of(
                checkpoints.stream().map(Checkpoint::writerId).toArray(UUID[]::new),
                checkpoints.stream().map(Checkpoint::sequence).toArray(Long[]::new),
                checkpoints.stream()
                        .map(checkpoint -> Buffer.buffer(checkpoint.mac().toByteArray()))
                        .toArray(Buffer[]::new));
    }
}
