package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * After a change of the key encryption key: wraps every data key by the new one, a few hundred a second and on every
 * replica, and then retires the former. Only the wrapping changes; no record is touched. Safe to repeat and to interrupt:
 * a data key is wrapped by one or the other, and both unwrap it until the former is retired.
 */
@ApplicationScoped
class WrappingUpkeep {

    private static final Logger LOG = Logger.getLogger(WrappingUpkeep.class);
    /** With one round a second, the most that a key management service is asked for by one replica. */
    private static final int KEYS_A_ROUND = 200;

    private static final int AT_ONCE = 8;

    private final KeyGate gate;
    private final DueWrappings due;
    private final DataKeys keys;
    private final Rounds rounds;

    WrappingUpkeep(KeyGate gate, DueWrappings due, DataKeys keys, Rounds rounds) {
        this.gate = gate;
        this.due = due;
        this.keys = keys;
        this.rounds = rounds;
    }

    /** What is away was logged where that was seen; the next round takes it up again. */
    @Scheduled(identity = "wrapping-upkeep", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return rounds.run(() -> gate.verified()
                        .chain(keks ->
                                keks.retiring().isEmpty() ? Uni.createFrom().voidItem() : round(keks)))
                .onFailure(failure -> !(failure instanceof ProblemException))
                .invoke(defect -> LOG.warn("Data keys could not be wrapped by the new key; it is tried again", defect))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> round(VerifiedKeys keks) {
        return due.claim(keks.retiring(), KEYS_A_ROUND)
                .chain(claimed -> claimed.isEmpty() ? retire(keks.retiring()) : rewrap(keks, claimed));
    }

    private Uni<Void> rewrap(VerifiedKeys keks, List<DueWrappings.Due> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(one -> rewrap(keks, one))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> rewrap(VerifiedKeys keks, DueWrappings.Due one) {
        return keys.any(one.scope(), one.version())
                .map(found -> found.orElseThrow(DecryptionFailed::new))
                .chain(stored -> KeyWrapping.rewrap(keks, stored)
                        .chain(rewrapped -> keys.replaceWrapping(rewrapped, stored.kekId())))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Data key %s version %d could not be wrapped by the new key: %s",
                        one.version().keyId(), one.version().version(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> retire(Set<UUID> retiring) {
        return due.retire(retiring)
                .invoke(retired -> retired.forEach(kekId ->
                        LOG.infof("Key encryption key %s is retired: nothing is wrapped by it any more", kekId)))
                .chain(retired -> retired.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : gate.refresh().replaceWithVoid());
    }
}
