package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.VerifiedKey;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The audit key in its table, wrapped by the key encryption key. Once loaded it is kept until the process ends. */
@ApplicationScoped
class StoredAuditKey implements AuditKey {

    private static final Logger LOG = Logger.getLogger(StoredAuditKey.class);

    private final KeyGate gate;
    private final WrappedAuditKeyRepository keys;
    private final Rounds rounds;
    private volatile @Nullable AuditMac loaded;

    StoredAuditKey(KeyGate gate, WrappedAuditKeyRepository keys, Rounds rounds) {
        this.gate = gate;
        this.keys = keys;
        this.rounds = rounds;
    }

    @Override
    public Uni<AuditMac> mac() {
        return Uni.createFrom().deferred(() -> {
            var known = loaded;
            return known == null
                    ? gate.verified().chain(this::load)
                    : Uni.createFrom().item(known);
        });
    }

    @Override
    public Uni<AuditMac> mac(VerifiedKeys keks) {
        return Uni.createFrom().deferred(() -> {
            var known = loaded;
            return known == null ? load(keks) : Uni.createFrom().item(known);
        });
    }

    /** After a change of the key encryption key; the audit key itself stays, or old chains could not be verified. */
    @Scheduled(identity = "audit-key-upkeep", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> rewrap() {
        return rounds.run(() -> gate.verified()
                        .chain(keks ->
                                keks.retiring().isEmpty() ? Uni.createFrom().voidItem() : rewrap(keks)))
                .onFailure(failure -> !(failure instanceof ProblemException))
                .invoke(defect ->
                        LOG.warn("The audit key could not be wrapped by the new key; it is tried again", defect))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> rewrap(VerifiedKeys keks) {
        return keys.find()
                .chain(found -> found.filter(stored -> keks.retiring().contains(stored.kekId()))
                        .map(stored -> bytes(keks, stored)
                                .chain(key -> wrap(keks.primary(), stored.id(), key))
                                .chain(rewrapped -> keys.replace(rewrapped, stored.kekId())))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Callers that come at once each load the same key. */
    private Uni<AuditMac> load(VerifiedKeys keks) {
        return keys.find()
                .chain(found -> found.map(Uni.createFrom()::item)
                        .orElseGet(() -> fresh(keks.primary()).chain(keys::add)))
                .chain(stored -> bytes(keks, stored))
                .map(AuditMac::of)
                .invoke(mac -> loaded = mac);
    }

    /** A crash after the wrap leaves nothing; one after the insert leaves a key that the next call finds. */
    private static Uni<WrappedAuditKey> fresh(VerifiedKey kek) {
        return wrap(kek, UUID.randomUUID(), Random.randBytes(AuditMac.KEY_BYTES));
    }

    /** Takes the bytes over and wipes them. */
    private static Uni<WrappedAuditKey> wrap(VerifiedKey kek, UUID id, byte[] key) {
        return kek.key()
                .wrap(key, AssociatedData.ofAuditKey(id))
                .map(wrapped -> new WrappedAuditKey(id, kek.id(), Bytes.copyFrom(wrapped)))
                .onTermination()
                .invoke(() -> Arrays.fill(key, (byte) 0));
    }

    private static Uni<byte[]> bytes(VerifiedKeys keks, WrappedAuditKey stored) {
        return keks.find(stored.kekId())
                .map(kek -> kek.key()
                        .unwrap(stored.wrapped().toByteArray(), AssociatedData.ofAuditKey(stored.id()))
                        .onFailure(DecryptionFailed.class)
                        .transform(_ -> new UnusableAuditKey(stored)))
                .orElseGet(() -> Uni.createFrom()
                        .failure(DatabaseFailure.unavailable(
                                "This replica of the vault lacks the key that wraps the audit key. Try again.")));
    }
}
