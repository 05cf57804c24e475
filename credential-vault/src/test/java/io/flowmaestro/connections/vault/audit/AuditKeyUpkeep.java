package io.flowmaestro.connections.vault.audit;

import io.quarkus.arc.Arc;
import java.time.Duration;

/** For proofs that have no scheduler: what it would do with the audit key. */
public final class AuditKeyUpkeep {

    private AuditKeyUpkeep() {}

    /** Wraps the audit key by the primary key encryption key. */
    public static void run() {
        Arc.container().instance(StoredAuditKey.class).get().rewrap().await().atMost(Duration.ofSeconds(10));
    }
}
