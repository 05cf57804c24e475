package io.flowmaestro.connections.vault.keyring;

/** A data key as it was read, and the epoch of its scope's keys at that moment. */
record StoredDataKey(WrappedDataKey key, long epoch) {}
