package io.flowmaestro.connections.oauth.refresh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What this replica has seen of each provider's token endpoint. A provider that is away is left alone, but for one caller
 * at a time.
 */
@ApplicationScoped
class ProviderHealth {

    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final long MOST = 10_000;

    private final Clock clock;
    private final RandomGenerator random;
    private final MeterRegistry metrics;
    private final ClientRefusals refusals;
    private final Duration call;
    private final Cache<Upstream, Breaker> breakers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FORGOTTEN).build();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    ProviderHealth(
            Clock clock, RandomGenerator random, MeterRegistry metrics, ClientRefusals refusals, TokenConfig config) {
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
        this.refusals = refusals;
        this.call = config.timeout();
    }

    /**
     * Lets a call begin.
     *
     * @throws ProblemException 503 while the endpoint is to be left alone
     */
    void requireReachable(Upstream upstream) {
        var pause = pause(upstream);
        if (!pause.isZero()) {
            throw resting(upstream.provider(), pause);
        }
    }

    /** How long an endpoint should be left alone; zero when it may be asked. */
    Duration pause(Upstream upstream) {
        var away =
                breakers.asMap().getOrDefault(upstream.server(), Breaker.SOUND).pause(clock.instant());
        var refusing = refusals.pause(upstream);
        return away.compareTo(refusing) > 0 ? away : refusing;
    }

    /** The same, for the call that follows at once: an endpoint that was away is tried by one caller first. */
    void begin(Upstream upstream) {
        requireReachable(upstream);
        breakers.asMap().computeIfPresent(upstream.server(), (_, breaker) -> breaker.probing(clock.instant(), call));
        refusals.probing(upstream, call);
    }

    void answered(Upstream upstream) {
        breakers.invalidate(upstream.server());
        refusals.taken(upstream);
    }

    void failed(Upstream upstream, Duration retryAfter) {
        watch(upstream.provider());
        breakers.asMap()
                .compute(
                        upstream.server(),
                        (_, breaker) -> (breaker == null ? Breaker.SOUND : breaker)
                                .failed(clock.instant(), retryAfter, random));
    }

    /** The endpoint is there, and does not take us. */
    void clientRefused(Upstream upstream, String error) {
        breakers.invalidate(upstream.server());
        refusals.refused(upstream, error);
    }

    private void watch(String provider) {
        if (watched.add(provider)) {
            Gauge.builder("connections.oauth.provider.resting", this, health -> health.resting(provider))
                    .tag("provider", provider)
                    .register(metrics);
        }
    }

    /** How many of a provider's endpoints are left alone. */
    private long resting(String provider) {
        var now = clock.instant();
        return breakers.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().provider().equals(provider)
                        && !entry.getValue().pause(now).isZero())
                .count();
    }

    static ProblemException resting(String provider, Duration pause) {
        return new ProblemException(
                        OAuthProblem.PROVIDER_UNAVAILABLE,
                        "The token of this connection is due, and %s has not been answering as it should. The connection is unchanged; try again later."
                                .formatted(provider))
                .retryAfter(pause);
    }
}
