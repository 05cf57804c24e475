package io.flowmaestro.connections.registry.testing;

import io.flowmaestro.connections.registry.provider.Providers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts tests by provider and outcome. Providers outside the catalogue share one label: users name them. */
@ApplicationScoped
class TestMetrics {

    private final MeterRegistry registry;
    private final Providers providers;

    TestMetrics(MeterRegistry registry, Providers providers) {
        this.registry = registry;
        this.providers = providers;
    }

    void count(String provider, TestOutcome outcome) {
        String known = providers.find(provider).isPresent() ? provider : "other";
        registry.counter("registry.connection.tests", "provider", known, "outcome", outcome.wire())
                .increment();
    }
}
