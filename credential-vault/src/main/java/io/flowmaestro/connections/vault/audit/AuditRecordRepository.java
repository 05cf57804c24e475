package io.flowmaestro.connections.vault.audit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One statement a batch, whatever its size: one round trip, one commit, and one prepared statement for all of them. */
@ApplicationScoped
class AuditRecordRepository implements AuditRecords {

    private static final long TIMEOUT_SECONDS = 5;
    private static final String ADD = """
            with appended as (
              insert into vault.audit_records (writer_id, recorded_at, sequence, operation, outcome, actor,
                  user_id, connection_id, purpose, key_id, key_version, trace_id, mac)
              select $1::uuid, batch.* from unnest($2::timestamptz[], $3::bigint[], $4::text[], $5::text[], $6::text[],
                  $7::uuid[], $8::uuid[], $9::text[], $10::uuid[], $11::integer[], $12::text[], $13::bytea[]) as batch)
            select user_id, epoch from vault.key_epochs($14::uuid[])""";

    private final Pool pool;

    AuditRecordRepository(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<KeyEpochs> add(List<SealedRecord> records) {
        return pool.preparedQuery(ADD)
                .execute(parameters(records))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .map(AuditRecordRepository::epochs);
    }

    private static Tuple parameters(List<SealedRecord> batch) {
        var records = batch.stream().map(SealedRecord::record).toList();
        return Tuple.tuple()
                .addUUID(records.getFirst().writerId())
                .addArrayOfOffsetDateTime(
                        column(records, record -> timestamp(record.recordedAt()), OffsetDateTime[]::new))
                .addArrayOfLong(column(records, AuditRecord::sequence, Long[]::new))
                .addArrayOfString(column(records, AuditRecord::operation, String[]::new))
                .addArrayOfString(column(records, AuditRecord::outcome, String[]::new))
                .addArrayOfString(column(records, AuditRecord::actor, String[]::new))
                .addArrayOfUUID(column(records, AuditRecord::userId, UUID[]::new))
                .addArrayOfUUID(column(records, AuditRecord::connectionId, UUID[]::new))
                .addArrayOfString(column(records, AuditRecord::purpose, String[]::new))
                .addArrayOfUUID(column(records, AuditRecord::keyId, UUID[]::new))
                .addArrayOfInteger(column(records, AuditRecord::keyVersion, Integer[]::new))
                .addArrayOfString(column(records, AuditRecord::traceId, String[]::new))
                .addArrayOfBuffer(batch.stream()
                        .map(entry -> Buffer.buffer(entry.mac().toByteArray()))
                        .toArray(Buffer[]::new))
                .addArrayOfUUID(users(records));
    }

    private static <T extends @Nullable Object> T[] column(
            List<AuditRecord> records, Function<AuditRecord, T> value, IntFunction<T[]> array) {
        return records.stream().map(value).toArray(array);
    }

    private static UUID[] users(List<AuditRecord> records) {
        Stream<@Nullable UUID> users = records.stream().map(AuditRecord::userId);
        return users.filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    }

    private static OffsetDateTime timestamp(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static KeyEpochs epochs(RowSet<Row> rows) {
        var epochs = new HashMap<UUID, Long>();
        rows.forEach(row -> epochs.put(row.getUUID("user_id"), row.getLong("epoch")));
        return new KeyEpochs(epochs);
    }
}
