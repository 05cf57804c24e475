package io.flowmaestro.connections.oauth.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** How often one client may ask for one user's credentials, on this replica. */
@ApplicationScoped
class CallerRates {

    private static final Duration REFILL = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);
    private static final long MOST_CALLERS = 100_000;

    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(FORGOTTEN)
            .build();
    private final CredentialConfig config;

    CallerRates(CredentialConfig config) {
        this.config = config;
    }

    private record Key(String client, UUID user) {}

    /** @throws ProblemException 429 with the time to wait */
    void require(Caller caller) {
        var bucket = buckets.get(new Key(caller.via(), caller.subject()), _ -> bucket());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(
                            OAuthProblem.TOO_MANY_REQUESTS,
                            "Credentials of this user are asked for too often. Keep a credential until it expires, and slow down.")
                    .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(config.rateBurst()).refillGreedy(config.ratePerSecond(), REFILL))
                .build();
    }
}
