package io.flowmaestro.connections.mcp.tool;

import io.flowmaestro.connections.arguments.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what became of arguments that were to be checked. */
@ApplicationScoped
class ArgumentMetrics {

    private final MeterRegistry registry;

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
        registry.counter("mcp.tool.arguments", "outcome", outcome).increment();
    }
}
