package io.flowmaestro.connections.vault.shredding;

import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.vault.audit.AuditEvent;
import io.flowmaestro.connections.vault.audit.AuditSeal;
import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keys.KeyOperation;
import io.flowmaestro.connections.vault.masterkey.OpeningStep;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Before the vault opens: destroys again what the ledger says was destroyed. A database restored from a dump of before
 * holds such keys. An entry that this vault did not make keeps it shut, as obeying it could destroy anyone's keys.
 */
@ApplicationScoped
class LedgerReplay implements OpeningStep {

    private static final Logger LOG = Logger.getLogger(LedgerReplay.class);

    private final LedgerFile file;
    private final LedgerRepository ledger;
    private final AuditSeal seal;
    private final AuditTrail trail;

    LedgerReplay(LedgerFile file, LedgerRepository ledger, AuditSeal seal, AuditTrail trail) {
        this.file = file;
        this.ledger = ledger;
        this.seal = seal;
        this.trail = trail;
    }

    @Override
    public Uni<Void> beforeOpening(VerifiedKeys keys) {
        return each(file.entries(), entry -> genuine(keys, entry))
                .chain(() -> each(file.entries(), ledger::enter))
                .chain(ledger::undone)
                .chain(undone -> each(undone, entry -> genuine(keys, entry))
                        .chain(() -> each(undone, entry -> again(keys, entry))));
    }

    private Uni<Void> genuine(VerifiedKeys keys, LedgerEntry entry) {
        return seal.matches(keys, entry.destruction().canonical(), entry.proof())
                .invoke(genuine -> {
                    if (!genuine) {
                        LOG.errorf(
                                "The shred ledger's entry for key %s was not made by this vault. The vault stays shut; use the"
                                        + " ledger as GET /internal/shred-ledger gave it, of the installation whose database this is.",
                                entry.keyId());
                        throw new IllegalStateException("The shred ledger is not this vault's");
                    }
                })
                .replaceWithVoid();
    }

    /** On record first, as every destruction is. */
    private Uni<Void> again(VerifiedKeys keys, LedgerEntry entry) {
        return trail.append(keys, List.of(event(entry)))
                .chain(() -> ledger.destroy(entry))
                .invoke(() -> LOG.warnf(
                        "Key %s was destroyed at %s and was here again; it is destroyed again",
                        entry.keyId(), entry.destroyedAt()));
    }

    private static AuditEvent event(LedgerEntry entry) {
        return new AuditEvent(
                KeyOperation.DESTROY.wireName(),
                "replayed",
                "credential-vault",
                Optional.of(entry.userId()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new KeyVersion(entry.keyId(), entry.versions())),
                TraceId.current());
    }

    private static Uni<Void> each(List<LedgerEntry> entries, Function<LedgerEntry, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(entries)
                .onItem()
                .transformToUniAndConcatenate(entry -> work.apply(entry).replaceWith(entry))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
