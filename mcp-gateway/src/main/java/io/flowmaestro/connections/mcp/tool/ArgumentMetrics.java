package io.flowmaestro.connections.mcp.tool;

import io.flowmaestro.connections.arguments.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of arguments that were to be checked. */
@Singleton
class ArgumentMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    ArgumentMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Verdict verdict) {
        count(
                switch (verdict) {
                    case Verdict.Fits() -> "fits";
                    case Verdict.Misfit _ -> "misfit";
                    case Verdict.Unchecked(Verdict.Cause cause) ->
                        switch (cause) {
                            case BROKEN_SCHEMA -> "broken_schema";
                            case TOO_COMPLEX -> "too_complex";
                        };
                });
    }

    /** Not checked, for too many others were waiting. */
    void busy() {
        count("busy");
    }

    private void count(String outcome) {
        counters.computeIfAbsent(outcome, _ -> registry.counter("mcp.tool.arguments", "outcome", outcome))
                .increment();
    }
}
