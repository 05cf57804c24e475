package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.audit.AuditEvent;
import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts an operation on keys on record before it begins and again with its outcome. A crash in between leaves the record
 * that it was begun, and so does a database that goes away: no key is ever changed without one.
 */
@ApplicationScoped
public class RecordedOperation {

    private final AuditTrail trail;

    RecordedOperation(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Does the work between its two records.
     *
     * @param work the change alone, so that its outcome is not that of a look at it afterwards
     * @param keyOf the key version that the change made, or concerned
     */
    public <T> Uni<T> run(
            Caller caller,
            KeyOperation operation,
            Optional<UUID> user,
            Supplier<Uni<T>> work,
            Function<T, Optional<KeyVersion>> keyOf) {
        var entry = new Entry(operation.wireName(), caller.via() + " for " + caller.actor(), user, TraceId.current());
        return trail.append(List.of(entry.event("begun", Optional.empty())))
                .chain(() -> work.get())
                .onItemOrFailure()
                .transformToUni((done, failure) -> failure == null
                        ? trail.append(List.of(entry.event("ok", keyOf.apply(done))))
                                .replaceWith(done)
                        : failed(entry, failure));
    }

    /** The failure of the work is what the caller learns, whether its record could be written or not. */
    private <T> Uni<T> failed(Entry entry, Throwable failure) {
        var outcome =
                failure instanceof ProblemException problem ? problem.code().code() : "internal-error";
        return trail.append(List.of(entry.event(outcome, Optional.empty())))
                .onItemOrFailure()
                .transformToUni((_, _) -> Uni.createFrom().failure(failure));
    }

    private record Entry(String operation, String actor, Optional<UUID> user, String traceId) {

        AuditEvent event(String outcome, Optional<KeyVersion> key) {
            return new AuditEvent(operation, outcome, actor, user, Optional.empty(), Optional.empty(), key, traceId);
        }
    }
}
