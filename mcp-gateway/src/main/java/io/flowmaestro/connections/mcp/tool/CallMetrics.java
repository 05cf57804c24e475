package io.flowmaestro.connections.mcp.tool;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts calls that were not made as they came. */
@Singleton
class CallMetrics {

    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param reason {@code rate}, {@code busy}, {@code resting} or {@code paused} */
    void refused(String reason) {
        registry.counter("mcp.tool.calls.refused", "reason", reason).increment();
    }

    /** A call that got no answer, of a tool that may be called twice. */
    void repeated() {
        registry.counter("mcp.tool.calls.repeated").increment();
    }

    /** A server begins or ends its rest. */
    void breaker(CircuitBreakerState state) {
        registry.counter("mcp.breaker.changes", "state", state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
