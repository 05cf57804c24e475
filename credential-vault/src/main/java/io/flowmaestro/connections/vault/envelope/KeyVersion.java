package io.flowmaestro.connections.vault.envelope;

import java.util.UUID;

/**
 * One version of a data key.
 *
 * @param keyId stays the same over the key's rotations
 * @param version counts from 1
 */
public record KeyVersion(UUID keyId, int version) {

    public KeyVersion {
        if (version < 1) {
            throw new IllegalArgumentException("Key versions count from 1");
        }
    }
}
