package io.flowmaestro.connections.mcp.tool;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.flowmaestro.connections.rates.CallerBuckets;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How often one client may call tools for one user, on this replica. */
@Singleton
class CallRates {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CallerBuckets buckets;
    private final CallMetrics metrics;

    CallRates(CallSettings settings, CallMetrics metrics) {
        this.buckets = new CallerBuckets(settings.rateBurst(), settings.ratePerSecond(), PERIOD);
        this.metrics = metrics;
    }

    /** @throws ProblemException 429 with the time to wait */
    void require(Caller caller) {
        var wait = buckets.take(caller);
        if (wait.isPositive()) {
            metrics.refused("rate");
            throw new ProblemException(
                            McpProblem.TOO_MANY_REQUESTS, "Tools are called too often for this user. Slow down.")
                    .retryAfter(wait);
        }
    }
}
