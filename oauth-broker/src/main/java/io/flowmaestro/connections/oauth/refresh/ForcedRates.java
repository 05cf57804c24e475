package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.rates.CallerBuckets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How often one client may have providers asked for one user's tokens, be it new ones or ones that are not due: each call is made
 * as our client, which all users share.
 */
@ApplicationScoped
public class ForcedRates {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final CallerBuckets buckets;

    ForcedRates(RefreshConfig config) {
        buckets = new CallerBuckets(config.forcedAtOnce(), config.forcedPerMinute(), PERIOD);
    }

    /**
     * Lets a request to a provider go on.
     *
     * @throws ProblemException 429 with the time to wait
     */
    public void require(Caller caller) {
        var wait = buckets.take(caller);
        if (!wait.isZero()) {
            throw new ProblemException(
                            OAuthProblem.TOO_MANY_REQUESTS,
                            "Providers are asked for tokens of this user too often. Tokens are renewed before they end without being asked for; slow down.")
                    .retryAfter(wait);
        }
    }
}
