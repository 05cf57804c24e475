package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.flowmaestro.connections.vault.audit.KeyEpochs;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets nothing out before it is on record. The statement that commits the record also tells whether the user's keys are
 * still what they were when the work was done: if they were rotated, withdrawn or destroyed meanwhile, by whatever
 * replica, the work is dropped and done anew. So a key in memory is never trusted beyond the present.
 * The record of the work that was dropped stands right before that of its repetition.
 */
@ApplicationScoped
class AuditedWork {

    private static final int ATTEMPTS = 4;

    private final AuditTrail trail;
    private final KeyRing keyRing;
    private final OperationMetrics metrics;

    AuditedWork(AuditTrail trail, KeyRing keyRing, OperationMetrics metrics) {
        this.trail = trail;
        this.keyRing = keyRing;
        this.metrics = metrics;
    }

    /**
     * Does the work and gives one outcome for each record of the call, in order.
     *
     * @param discard wipes a value that must not be given out after all
     */
    <T> Uni<List<Outcome<T>>> run(RecordCall call, Supplier<Uni<List<Outcome<T>>>> work, Consumer<T> discard) {
        return metrics.counted(call, attempt(call, work, discard, ATTEMPTS));
    }

    private <T> Uni<List<Outcome<T>>> attempt(
            RecordCall call, Supplier<Uni<List<Outcome<T>>>> work, Consumer<T> discard, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(DatabaseFailure.unavailable("The user's keys are being changed right now. Try again."));
        }
        return work.get()
                .chain(outcomes -> onRecord(call, outcomes)
                        .onFailure()
                        .invoke(() -> discard(outcomes, discard))
                        .onCancellation()
                        .invoke(() -> discard(outcomes, discard))
                        .chain(current -> {
                            if (current) {
                                return Uni.createFrom().item(outcomes);
                            }
                            discard(outcomes, discard);
                            return attempt(call, work, discard, attempts - 1);
                        }));
    }

    /** Whether every key that was used is of the present; those that are not are forgotten. */
    private <T> Uni<Boolean> onRecord(RecordCall call, List<Outcome<T>> outcomes) {
        var events = IntStream.range(0, outcomes.size())
                .mapToObj(i -> call.event(call.records().get(i), outcomes.get(i)))
                .toList();
        return trail.append(events).map(epochs -> {
            var stale = used(outcomes).stream()
                    .filter(key -> !isCurrent(key, epochs))
                    .toList();
            stale.forEach(keyRing::forget);
            return stale.isEmpty();
        });
    }

    private static boolean isCurrent(DataKey key, KeyEpochs epochs) {
        var epoch = epochs.of(key.scope().user());
        return epoch.isPresent() && epoch.getAsLong() == key.epoch();
    }

    private static <T> List<DataKey> used(List<Outcome<T>> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.keysUsed().stream())
                .distinct()
                .toList();
    }

    private static <T> void discard(List<Outcome<T>> outcomes, Consumer<T> discard) {
        outcomes.forEach(outcome -> {
            if (outcome instanceof Outcome.Done<T> done) {
                discard.accept(done.value());
            }
        });
    }
}
