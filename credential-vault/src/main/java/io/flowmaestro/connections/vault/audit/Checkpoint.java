package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import java.util.HexFormat;
import java.util.UUID;

/** How far a chain had come at some time. A chain that ends before it was cut off. */
record Checkpoint(UUID writerId, long sequence, Bytes mac) {

    /** The line that operators keep, outside the database's reach. */
    String logLine() {
        return "audit checkpoint writer=%s sequence=%d mac=%s"
                .formatted(writerId, sequence, HexFormat.of().formatHex(mac.toByteArray()));
    }
}
