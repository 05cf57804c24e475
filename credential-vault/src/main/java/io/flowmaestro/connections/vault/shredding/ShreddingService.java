package io.flowmaestro.connections.vault.shredding;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.audit.AuditSeal;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keys.KeyOperation;
import io.flowmaestro.connections.vault.keys.RecordedOperation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Destroys a user's keys. Safe to repeat: whoever was interrupted calls again and gets the same receipt. */
@ApplicationScoped
class ShreddingService {

    private static final Logger LOG = Logger.getLogger(ShreddingService.class);

    private final LedgerRepository ledger;
    private final AuditSeal seal;
    private final RecordedOperation recorded;
    private final Clock clock;

    ShreddingService(LedgerRepository ledger, AuditSeal seal, RecordedOperation recorded, Clock clock) {
        this.ledger = ledger;
        this.seal = seal;
        this.recorded = recorded;
        this.clock = clock;
    }

    /** Replicas that hold the key in memory let nothing out any more once this has committed. */
    Uni<Receipt> destroy(Caller caller, UUID user) {
        return recorded.run(
                        caller,
                        KeyOperation.DESTROY,
                        Optional.of(user),
                        () -> ledger.toDestroy(user, clock.instant()).call(this::destroy),
                        found -> found.map(key -> new KeyVersion(key.keyId(), key.versions())))
                .chain(() -> ledger.of(user))
                .map(entries -> new Receipt(user, entries));
    }

    Uni<List<LedgerEntry>> entries() {
        return ledger.all();
    }

    private Uni<Void> destroy(Optional<Destruction> found) {
        return found.map(this::destroy).orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> destroy(Destruction destruction) {
        return seal.of(destruction.canonical())
                .map(mac -> LedgerEntry.of(destruction, mac))
                .call(ledger::destroy)
                .invoke(entry -> LOG.infof(
                        "Destroyed key %s with %d versions. Keep the shred ledger beside the backups.",
                        entry.keyId(), entry.versions()))
                .replaceWithVoid();
    }
}
