package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all records, page by page, as the role that may read them and write none. */
@ApplicationScoped
class AuditRecordReader {

    static final int PAGE = 1000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * Times leave the database as numbers and text: a tampered one may be infinite, or beyond what Java's types hold,
     * and has to be found all the same.
     */
    private static final String READ = """
            select r.*, r.recorded_at::text as at,
                least(greatest(extract(epoch from r.recorded_at) * 1000000, -9e18), 9e18)::bigint as micros,
                case when $4::timestamptz is not null then (
                    select p.mac from vault.audit_records p
                    where p.writer_id = r.writer_id and p.sequence = r.sequence - 1 and p.recorded_at < $4
                    order by p.recorded_at limit 1) end as anchor
            from vault.audit_records r
            where (r.writer_id, r.sequence, r.recorded_at) > ($1, $2, $3::text::timestamptz)
                and r.recorded_at >= coalesce($4, '-infinity')
            order by r.writer_id, r.sequence, r.recorded_at
            limit %d""".formatted(PAGE);

    private final Pool jobs;

    AuditRecordReader(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** Gives every record from {@code since} on to {@code check}, in the order of writer and sequence. */
    Uni<Void> read(Optional<OffsetDateTime> since, ChainCheck check) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Walk(since.orElse(null), check), this::page)
                .whilst(read -> read == PAGE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> page(Walk walk) {
        return jobs.preparedQuery(READ)
                .execute(walk.position())
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate)
                .map(walk::take);
    }

    /** Where the reading stands. */
    private static final class Walk {

        private final @Nullable OffsetDateTime since;
        private final ChainCheck check;
        private UUID writerId = new UUID(0, 0);
        private long sequence = Long.MIN_VALUE;
        private String recordedAt = "-infinity";

        private Walk(@Nullable OffsetDateTime since, ChainCheck check) {
            this.since = since;
            this.check = check;
        }

        private Tuple position() {
            return Tuple.tuple()
                    .addUUID(writerId)
                    .addLong(sequence)
                    .addString(recordedAt)
                    .addValue(since);
        }

        private int take(RowSet<Row> rows) {
            for (var row : rows) {
                check.next(sealed(row), bytes(row, "anchor"));
                writerId = row.getUUID("writer_id");
                sequence = row.getLong("sequence");
                recordedAt = row.getString("at");
            }
            return rows.size();
        }

        private static SealedRecord sealed(Row row) {
            var record = new AuditRecord(
                    row.getUUID("writer_id"),
                    row.getLong("sequence"),
                    row.getLong("micros"),
                    row.getString("operation"),
                    row.getString("outcome"),
                    row.getString("actor"),
                    row.getUUID("user_id"),
                    row.getUUID("connection_id"),
                    row.getString("purpose"),
                    row.getUUID("key_id"),
                    row.getInteger("key_version"),
                    row.getString("trace_id"));
            return new SealedRecord(record, bytes(row, "mac").orElseThrow());
        }

        private static Optional<Bytes> bytes(Row row, String column) {
            return Optional.ofNullable(row.getBuffer(column)).map(buffer -> Bytes.copyFrom(buffer.getBytes()));
        }
    }
}
