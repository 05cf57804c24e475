package io.flowmaestro.connections.vault.audit;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares checkpoints, the table's own and those that an operator kept, with what is left of their chains. */
@ApplicationScoped
class CheckpointReader {

    private static final int PAGE = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String COMPARED = """
            select c.writer_id, c.sequence,
                (select max(r.sequence) from vault.audit_records r where r.writer_id = c.writer_id) as last,
                exists (select from vault.audit_records r
                    where r.writer_id = c.writer_id and r.sequence = c.sequence) as present,
                exists (select from vault.audit_records r
                    where r.writer_id = c.writer_id and r.sequence = c.sequence and r.mac = c.mac) as confirmed
            from (%s) as c (writer_id, sequence, mac)
            order by c.writer_id, c.sequence""";
    private static final String GIVEN =
            COMPARED.formatted("select * from unnest($1::uuid[], $2::bigint[], $3::bytea[])");
    private static final String STORED = COMPARED.formatted("""
            select s.writer_id, s.sequence, s.mac from vault.audit_checkpoints s
            where (s.writer_id, s.sequence) > ($1, $2) and s.recorded_at >= coalesce($3, '-infinity'::timestamptz)
            order by s.writer_id, s.sequence limit %d""".formatted(PAGE));

    private final Pool jobs;

    CheckpointReader(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    Uni<Void> compareGiven(List<Checkpoint> given, Findings findings) {
        return given.isEmpty()
                ? Uni.createFrom().voidItem()
                : query(GIVEN, Tuple.newInstance(CheckpointRepository.columns(given)))
                        .invoke(rows -> rows.forEach(row -> judge(row, findings)))
                        .replaceWithVoid();
    }

    Uni<Void> compareStored(Optional<OffsetDateTime> since, Findings findings) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Walk(since.orElse(null), findings), this::page)
                .whilst(read -> read == PAGE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> page(Walk walk) {
        return query(STORED, walk.position()).map(walk::take);
    }

    private Uni<RowSet<Row>> query(String sql, Tuple parameters) {
        return jobs.preparedQuery(sql)
                .execute(parameters)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate);
    }

    private static void judge(Row row, Findings findings) {
        var writer = row.getUUID("writer_id");
        long sequence = row.getLong("sequence");
        var last = row.getLong("last");
        if (last == null) {
            findings.add(
                    writer,
                    1,
                    FindingProblem.UNKNOWN_CHAIN,
                    "A checkpoint says that the chain had come to %d; nothing of it is left.".formatted(sequence));
        } else if (last < sequence) {
            findings.add(
                    writer,
                    last + 1,
                    FindingProblem.CUT_OFF,
                    "The chain ends at %d; a checkpoint says that it had come to %d.".formatted(last, sequence));
        } else if (!row.getBoolean("present")) {
            findings.add(writer, sequence, FindingProblem.MISSING, "A checkpoint names this record.");
        } else if (!row.getBoolean("confirmed")) {
            findings.add(
                    writer, sequence, FindingProblem.ALTERED, "The record's MAC is another one than in a checkpoint.");
        }
    }

    /** Where the reading stands. */
    private static final class Walk {

        private final @Nullable OffsetDateTime since;
        private final Findings findings;
        private UUID writerId = new UUID(0, 0);
        private long sequence = Long.MIN_VALUE;

        private Walk(@Nullable OffsetDateTime since, Findings findings) {
            this.since = since;
            this.findings = findings;
        }

        private Tuple position() {
            return Tuple.tuple().addUUID(writerId).addLong(sequence).addValue(since);
        }

        private int take(RowSet<Row> rows) {
            for (var row : rows) {
                judge(row, findings);
                writerId = row.getUUID("writer_id");
                sequence = row.getLong("sequence");
            }
            return rows.size();
        }
    }
}
