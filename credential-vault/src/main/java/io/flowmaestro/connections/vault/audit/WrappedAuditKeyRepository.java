package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The table has one row at most; the audit key belongs to no user. */
@ApplicationScoped
class WrappedAuditKeyRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String FIND = "select audit_key_id, kek_id, wrapped_key from vault.audit_keys";
    private static final String ADD = """
            insert into vault.audit_keys (audit_key_id, kek_id, wrapped_key) values ($1, $2, $3)
            on conflict (only_one) do nothing""";

    private static final String REPLACE =
            "update vault.audit_keys set kek_id = $2, wrapped_key = $3 where audit_key_id = $1 and kek_id = $4";

    private final Pool pool;

    WrappedAuditKeyRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<WrappedAuditKey>> find() {
        return bounded(pool.preparedQuery(FIND).execute().map(WrappedAuditKeyRepository::first));
    }

    /** Stores the first key and gives the one that stands then, which is another replica's if that was faster. */
    Uni<WrappedAuditKey> add(WrappedAuditKey first) {
        return bounded(pool.preparedQuery(ADD).execute(row(first)))
                .chain(this::find)
                .map(Optional::orElseThrow);
    }

    /** Puts the same key in another wrapping, if it is still in that of {@code formerKek}. */
    Uni<Void> replace(WrappedAuditKey rewrapped, UUID formerKek) {
        return bounded(pool.preparedQuery(REPLACE).execute(row(rewrapped).addValue(formerKek)))
                .replaceWithVoid();
    }

    private static Tuple row(WrappedAuditKey key) {
        return Tuple.of(key.id(), key.kekId(), Buffer.buffer(key.wrapped().toByteArray()));
    }

    private static <T> Uni<T> bounded(Uni<T> work) {
        return work.ifNoItem().after(TIMEOUT).fail().onFailure().transform(DatabaseFailure::translate);
    }

    private static Optional<WrappedAuditKey> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(wrappedKey(row.next())) : Optional.empty();
    }

    private static WrappedAuditKey wrappedKey(Row row) {
        return new WrappedAuditKey(
                row.getUUID("audit_key_id"),
                row.getUUID("kek_id"),
                Bytes.copyFrom(row.getBuffer("wrapped_key").getBytes()));
    }
}
