package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;

/** Where a rotation that nobody asked for is put on record. */
interface RotationLog {

    /** The former version reached its message bound. */
    Uni<Void> rotatedAtBound(KeyScope scope, KeyVersion next);
}
