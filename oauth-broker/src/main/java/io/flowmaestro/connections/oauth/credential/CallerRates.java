package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.rates.CallerBuckets;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How often one client may ask for one user's credentials, on this replica. */
// What Caffeine makes of the buckets; Quarkus names the most usual ones to GraalVM, and not this.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.PSAMS"})
@ApplicationScoped
class CallerRates {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CallerBuckets buckets;

    CallerRates(CredentialConfig config) {
        this.buckets = new CallerBuckets(config.rateBurst(), config.ratePerSecond(), PERIOD);
    }

    /** @throws ProblemException 429 with the time to wait */
    void require(Caller caller) {
        var wait = buckets.take(caller);
        if (wait.isPositive()) {
            throw new ProblemException(
                            OAuthProblem.TOO_MANY_REQUESTS,
                            "Credentials of this user are asked for too often. Keep a credential until it expires, and slow down.")
                    .retryAfter(wait);
        }
    }
}
