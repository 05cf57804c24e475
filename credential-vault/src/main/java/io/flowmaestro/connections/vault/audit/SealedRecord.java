package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;

/**
 * A record and the MAC that ties it to the one before it.
 *
 * @param mac 32 bytes
 */
record SealedRecord(AuditRecord record, Bytes mac) {

    /** What to remember of a chain that ends here. */
    Checkpoint checkpoint() {
        return new Checkpoint(record.writerId(), record.sequence(), mac);
    }
}
