package io.flowmaestro.connections.vault.audit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;

/** How the trail keeps up: batch sizes, statement times, events that wait, and what failed. */
@ApplicationScoped
class AuditMetrics {

    private static final String FAILURES = "vault.audit.failures";

    private final MeterRegistry registry;
    private final DistributionSummary batchSize;
    private final Timer statement;

    AuditMetrics(MeterRegistry registry) {
        this.registry = registry;
        batchSize = DistributionSummary.builder("vault.audit.batch.size")
                .description("Records per statement")
                .publishPercentileHistogram()
                .maximumExpectedValue((double) GroupCommit.LARGEST_BATCH)
                .register(registry);
        statement = Timer.builder("vault.audit.statement")
                .description("Time of one statement, from asking for a connection to the commit")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** The gauge of events in the line. */
    void watch(WaitingLine line) {
        Gauge.builder("vault.audit.waiting", line, WaitingLine::events)
                .description("Events that wait for a statement")
                .strongReference(true)
                .register(registry);
    }

    <T> Future<T> timed(int records, Future<T> written) {
        batchSize.record(records);
        var sample = Timer.start(registry);
        return written.onComplete(_ -> sample.stop(statement)).onFailure(_ -> failed("statement"));
    }

    /** A caller was turned away because too many wait. */
    void refused() {
        failed("full");
    }

    private void failed(String reason) {
        registry.counter(FAILURES, "reason", reason).increment();
    }
}
