package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.audit.AuditEvent;
import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts an operation on keys on record before it begins and again with its outcome. A crash in between leaves the record
 * that it was begun; no key is ever changed without one.
 */
@ApplicationScoped
public class RecordedOperation {

    private final AuditTrail trail;

    RecordedOperation(AuditTrail trail) {
        this.trail = trail;
    }

    public <T> Uni<T> run(Caller caller, KeyOperation operation, Optional<UUID> user, Supplier<Uni<T>> work) {
        var traceId = TraceId.current();
        return trail.append(List.of(event(caller, operation, user, "begun", traceId)))
                .chain(() -> work.get())
                .onItemOrFailure()
                .call((_, failure) -> trail.append(List.of(event(caller, operation, user, outcome(failure), traceId))));
    }

    private static AuditEvent event(
            Caller caller, KeyOperation operation, Optional<UUID> user, String outcome, String traceId) {
        return new AuditEvent(
                operation.wireName(),
                outcome,
                caller.via() + " for " + caller.actor(),
                user,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                traceId);
    }

    private static String outcome(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "ok";
            case ProblemException problem -> problem.code().code();
            case Throwable _ -> "internal-error";
        };
    }
}
