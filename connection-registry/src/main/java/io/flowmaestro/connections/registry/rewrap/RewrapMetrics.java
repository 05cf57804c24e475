package io.flowmaestro.connections.registry.rewrap;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the rows that this replica is done with, by outcome. What remains is counted on request only. */
@ApplicationScoped
class RewrapMetrics {

    private final MeterRegistry registry;

    RewrapMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Outcome outcome) {
        registry.counter("registry.rewrap.rows", "outcome", outcome.tag()).increment();
    }
}
