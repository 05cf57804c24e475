package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.vault.envelope.CanonicalBytes;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in a chain, as the table holds it. It also has to hold what a tampered row says, so nothing is
 * checked here.
 *
 * @param recordedAt the writer's clock, in microseconds since 1970
 */
record AuditRecord(
        UUID writerId,
        long sequence,
        long recordedAt,
        String operation,
        String outcome,
        String actor,
        @Nullable UUID userId,
        @Nullable UUID connectionId,
        @Nullable String purpose,
        @Nullable UUID keyId,
        @Nullable Integer keyVersion,
        String traceId) {

    private static final String KIND = "flowmaestro.vault.audit-record";
    private static final int FORMAT = 1;

    static AuditRecord of(UUID writerId, long sequence, long recordedAt, AuditEvent event) {
        return new AuditRecord(
                writerId,
                sequence,
                recordedAt,
                event.operation(),
                event.outcome(),
                event.actor(),
                event.user().orElse(null),
                event.connection().orElse(null),
                event.purpose().map(Purpose::wireName).orElse(null),
                event.key().map(KeyVersion::keyId).orElse(null),
                event.key().map(KeyVersion::version).orElse(null),
                event.traceId());
    }

    /** What the MAC is over, beside the MAC before it: kind, format, then every component in order. */
    byte[] canonical() {
        return new CanonicalBytes()
                .text(KIND)
                .number(FORMAT)
                .id(writerId)
                .longNumber(sequence)
                .longNumber(recordedAt)
                .text(operation)
                .text(outcome)
                .text(actor)
                .id(userId)
                .id(connectionId)
                .text(purpose)
                .id(keyId)
                .number(keyVersion)
                .text(traceId)
                .toByteArray();
    }
}
