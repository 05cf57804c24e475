package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One writer's chain: numbers from 1 without gaps, times that never go back, each record's MAC over the one before.
 *
 * <p>What was sealed counts as written. Once it is not certain that it was, the chain has to be given up for a new one,
 * or a number could come to stand for two records. Not thread-safe.
 */
final class AuditChain {

    private final UUID writerId = UUID.randomUUID();
    private final Clock clock;
    private long sequence;
    private long recordedAt = Long.MIN_VALUE;
    private Bytes mac = AuditMac.NONE_BEFORE;

    AuditChain(Clock clock) {
        this.clock = clock;
    }

    SealedRecord seal(AuditMac key, AuditEvent event) {
        recordedAt = Math.max(recordedAt, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        sequence++;
        var sealed = key.seal(mac, AuditRecord.of(writerId, sequence, recordedAt, event));
        mac = sealed.mac();
        return sealed;
    }
}
