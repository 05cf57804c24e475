package io.flowmaestro.connections.vault.masterkey;

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

/** The key encryption keys belong to no user, so this is the one table without row security. */
@ApplicationScoped
class EnrolledKeyRepository implements EnrolledKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String PRIMARY =
            "select kek_id, check_value, created_at from vault.key_encryption_keys where state = 'primary'";
    private static final String ENROL = """
            insert into vault.key_encryption_keys (kek_id, provider, state, check_value)
            values ($1, 'local', 'primary', $2)
            on conflict (state) where state = 'primary' do nothing""";

    private final Pool pool;

    EnrolledKeyRepository(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Optional<EnrolledKey>> primary() {
        return pool.preparedQuery(PRIMARY)
                .execute()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(EnrolledKeyRepository::first)
                .onFailure()
                .transform(DatabaseFailure::translate);
    }

    @Override
    public Uni<EnrolledKey> enrol(UUID kekId, Bytes checkValue) {
        return pool.preparedQuery(ENROL)
                .execute(Tuple.of(kekId, Buffer.buffer(checkValue.toByteArray())))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate)
                .chain(this::primary)
                .map(Optional::orElseThrow);
    }

    private static Optional<EnrolledKey> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(enrolledKey(row.next())) : Optional.empty();
    }

    private static EnrolledKey enrolledKey(Row row) {
        return new EnrolledKey(
                row.getUUID("kek_id"),
                Bytes.copyFrom(row.getBuffer("check_value").getBytes()),
                row.getOffsetDateTime("created_at"));
    }
}
