package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Counts records by operation, purpose and outcome: {@code ok}, or the code of the problem they ended with. A DEBUG line for each
 * says whose record it was.
 */
@ApplicationScoped
class OperationMetrics {

    private static final Logger LOG = Logger.getLogger(OperationMetrics.class);

    private final MeterRegistry registry;

    OperationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    <T> Uni<List<Outcome<T>>> counted(RecordCall call, Uni<List<Outcome<T>>> work) {
        return work.invoke(outcomes -> IntStream.range(0, outcomes.size())
                        .forEach(i -> count(call, i, outcomes.get(i).code())))
                .onFailure()
                .invoke(failure ->
                        IntStream.range(0, call.records().size()).forEach(i -> count(call, i, code(failure))));
    }

    private void count(RecordCall call, int record, String outcome) {
        registry.counter(
                        "vault.operations",
                        "operation",
                        call.operation().wireName(),
                        "purpose",
                        call.records().get(record).purpose().wireName(),
                        "outcome",
                        outcome)
                .increment();
        LOG.debugf(
                "%s of connection %s (%s) for %s: %s",
                call.operation().wireName(),
                call.records().get(record).connection(),
                call.records().get(record).purpose().wireName(),
                call.caller().via(),
                outcome);
    }

    private static String code(Throwable failure) {
        return failure instanceof ProblemException problem ? problem.code().code() : "internal-error";
    }
}
