package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.rates.CallerBuckets;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How often one user may have providers and servers asked, on this replica. Each request comes from the suite's address, which
 * all users share, and its answer tells whether a key is good.
 */
// What Caffeine makes of the buckets; Quarkus names the most usual ones to GraalVM, and not this.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.PSAMS"})
@ApplicationScoped
public class OutboundRates {

    private static final int A_MINUTE = 120;

    private final CallerBuckets buckets = new CallerBuckets(A_MINUTE, A_MINUTE, Duration.ofMinutes(1));

    /**
     * Lets a request to a provider or server go on.
     *
     * @throws ProblemException 429 with the time to wait
     */
    public void require(Caller caller) {
        var wait = buckets.take(caller);
        if (wait.isPositive()) {
            throw new ProblemException(
                            RegistryProblem.TOO_MANY_REQUESTS,
                            "Providers and servers were asked about this user's connections too often in the last minute. Wait, and go on more slowly.")
                    .retryAfter(wait);
        }
    }
}
