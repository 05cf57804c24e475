package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Counts operations by purpose and outcome: {@code ok}, or the code of the problem they ended with. */
@ApplicationScoped
class OperationMetrics {

    private final MeterRegistry registry;

    OperationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    <T> Uni<T> counted(Operation operation, Purpose purpose, Uni<T> work) {
        return work.onItemOrFailure()
                .invoke((_, failure) -> registry.counter(
                                "vault.operations",
                                "operation",
                                operation.wireName(),
                                "purpose",
                                purpose.wireName(),
                                "outcome",
                                outcome(failure))
                        .increment());
    }

    private static String outcome(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "ok";
            case ProblemException problem -> problem.code().code();
            case Throwable _ -> "internal-error";
        };
    }
}
