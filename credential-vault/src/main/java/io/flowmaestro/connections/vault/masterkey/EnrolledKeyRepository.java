package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The key encryption keys belong to no user, so their table is without row security. */
@ApplicationScoped
class EnrolledKeyRepository implements EnrolledKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String ALL = """
            select kek_id, provider, state, check_value, created_at, promoted_at
              from vault.key_encryption_keys order by created_at""";
    private static final String ENROL_PRIMARY = """
            insert into vault.key_encryption_keys (kek_id, provider, state, check_value, promoted_at)
            values ($1, $2, 'primary', $3, now())
            on conflict (state) where state = 'primary' do nothing""";
    private static final String GIVE_UP = """
            update vault.key_encryption_keys k set state = 'retired'
             where state = 'decrypt-only' and promoted_at is null and created_at < now() - make_interval(secs => $1)
               and not exists (select from vault.replicas r where k.kek_id = any (r.kek_ids)
                                  and r.seen_at > now() - make_interval(secs => $1))""";
    private static final String ENROL_NEXT = """
            insert into vault.key_encryption_keys (kek_id, provider, state, check_value)
            values ($1, $2, 'decrypt-only', $3)
            on conflict (state) where state = 'decrypt-only' and promoted_at is null do nothing""";

    private final Pool pool;

    EnrolledKeyRepository(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<EnrolledKey>> all() {
        return bounded(pool.preparedQuery(ALL)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(EnrolledKeyRepository::enrolledKey)
                        .toList()));
    }

    @Override
    public Uni<Void> enrolPrimary(UUID kekId, String provider, Bytes checkValue) {
        return bounded(pool.preparedQuery(ENROL_PRIMARY)
                .execute(row(kekId, provider, checkValue))
                .replaceWithVoid());
    }

    @Override
    public Uni<Void> enrolNext(UUID kekId, String provider, Bytes checkValue) {
        return bounded(pool.withTransaction(connection -> connection
                .preparedQuery(GIVE_UP)
                .execute(Tuple.of(ReplicaRepository.LIVE.toSeconds()))
                .chain(() -> connection.preparedQuery(ENROL_NEXT).execute(row(kekId, provider, checkValue)))
                .replaceWithVoid()));
    }

    private static Tuple row(UUID kekId, String provider, Bytes checkValue) {
        return Tuple.of(kekId, provider, Buffer.buffer(checkValue.toByteArray()));
    }

    private static <T> Uni<T> bounded(Uni<T> work) {
        return work.ifNoItem().after(TIMEOUT).fail().onFailure().transform(DatabaseFailure::translate);
    }

    private static EnrolledKey enrolledKey(Row row) {
        return new EnrolledKey(
                row.getUUID("kek_id"),
                row.getString("provider"),
                KeyState.of(row.getString("state")),
                Bytes.copyFrom(row.getBuffer("check_value").getBytes()),
                row.getOffsetDateTime("created_at"),
                Optional.ofNullable(row.getOffsetDateTime("promoted_at")));
    }
}
