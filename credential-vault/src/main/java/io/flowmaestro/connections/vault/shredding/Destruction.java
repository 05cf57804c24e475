package io.flowmaestro.connections.vault.shredding;

import io.flowmaestro.connections.vault.envelope.CanonicalBytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A user's data key that is no more.
 *
 * @param versions how many versions it had
 * @param at to the microsecond
 */
record Destruction(UUID keyId, UUID user, int versions, Instant at) {

    private static final String KIND = "flowmaestro.vault.shred-ledger";
    private static final int FORMAT = 1;

    Destruction {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** What its entry in the ledger is authenticated by. */
    byte[] canonical() {
        return new CanonicalBytes()
                .text(KIND)
                .number(FORMAT)
                .id(keyId)
                .id(user)
                .number(versions)
                .longNumber(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .toByteArray();
    }
}
