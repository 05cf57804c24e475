package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.smallrye.mutiny.Uni;

/** The key of the chains. All vaults on a database share one, so that each can verify what the others wrote. */
interface AuditKey {

    /** Loads or makes the key the first time it is asked for; fails with a 503 problem while that is not possible. */
    Uni<AuditMac> mac();

    /** The same while the vault is not open yet, with the keys that it is about to open for. */
    default Uni<AuditMac> mac(VerifiedKeys keys) {
        return mac();
    }
}
