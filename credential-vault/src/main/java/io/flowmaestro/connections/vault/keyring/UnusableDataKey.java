package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyVersion;

/** A stored data key does not unwrap: it was altered, moved to another user's row, or wrapped by another key. */
public final class UnusableDataKey extends RuntimeException {

    UnusableDataKey(KeyVersion version) {
        super("Data key %s version %d does not unwrap".formatted(version.keyId(), version.version()));
    }
}
