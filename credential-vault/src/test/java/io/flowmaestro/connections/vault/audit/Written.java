package io.flowmaestro.connections.vault.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain of a test's own, written as a vault writes one, that the test may damage and has to clear away. */
record Written(List<SealedRecord> records) {

    static Written chain(AuditKey key, AuditRecords table, Clock clock, int length) {
        var mac = key.mac().await().indefinitely();
        var chain = new AuditChain(clock);
        var records = new ArrayList<SealedRecord>();
        Events.some(length).forEach(event -> records.add(chain.seal(mac, event)));
        for (int from = 0; from < length; from += GroupCommit.LARGEST_BATCH) {
            store(table, records.subList(from, Math.min(length, from + GroupCommit.LARGEST_BATCH)));
        }
        return new Written(records);
    }

    /** Starts an hour ago, and is a millisecond later each time, so that no two records have one time. */
    static Clock ticking() {
        var start = Instant.now().minus(Duration.ofHours(1));
        var read = new AtomicInteger();
        return new Clock() {
            @Override
            public Instant instant() {
                return start.plusMillis(read.getAndIncrement());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static void store(AuditRecords table, List<SealedRecord> batch) {
        try {
            table.add(batch).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    UUID writer() {
        return records.getFirst().record().writerId();
    }

    Checkpoint checkpoint(int sequence) {
        return records.get(sequence - 1).checkpoint();
    }

    void clear() {
        Sql.execute("delete from vault.audit_records where writer_id = ?", writer());
        Sql.execute("delete from vault.audit_checkpoints where writer_id = ?", writer());
    }
}
