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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * What this replica has seen of each provider's token endpoint. A provider that is away is left alone, but for one caller
 * at a time; one that refuses our client is an alarm for the operator and no reason to touch a connection.
 */
@ApplicationScoped
class ProviderHealth {

    private static final Logger LOG = Logger.getLogger(ProviderHealth.class);
    private static final Duration CLIENT_REFUSED = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final long MOST = 10_000;

    private final Clock clock;
    private final RandomGenerator random;
    private final MeterRegistry metrics;
    private final Duration call;
    private final Cache<Upstream, Breaker> breakers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FORGOTTEN).build();
    private final Map<String, Boolean> alarms = new ConcurrentHashMap<>();

    ProviderHealth(Clock clock, RandomGenerator random, MeterRegistry metrics, TokenConfig config) {
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
        this.call = config.timeout();
    }

    /**
     * Lets a call begin.
     *
     * @throws ProblemException 503 while the endpoint is to be left alone
     */
    void requireReachable(Upstream upstream) {
        var pause = breaker(upstream).pause(clock.instant());
        if (!pause.isZero()) {
            throw resting(upstream.provider(), pause);
        }
    }

    private Breaker breaker(Upstream upstream) {
        return breakers.asMap().getOrDefault(upstream, Breaker.SOUND);
    }

    /** The same, for the call that follows at once: an endpoint that was away is tried by one caller first. */
    void begin(Upstream upstream) {
        requireReachable(upstream);
        breakers.asMap().computeIfPresent(upstream, (_, breaker) -> breaker.probing(clock.instant(), call));
    }

    void answered(Upstream upstream) {
        breakers.invalidate(upstream);
        alarms.computeIfPresent(upstream.provider(), (key, refused) -> {
            if (refused) {
                LOG.infof("%s takes our client again", key);
            }
            return false;
        });
    }

    void failed(Upstream upstream, Duration retryAfter) {
        watch(upstream.provider());
        breakers.asMap()
                .compute(
                        upstream,
                        (_, breaker) -> (breaker == null ? Breaker.SOUND : breaker)
                                .failed(clock.instant(), retryAfter, random));
    }

    /** Nothing that a user could mend: the operator has to. */
    void clientRefused(Upstream upstream, String error) {
        watch(upstream.provider());
        if (!Boolean.TRUE.equals(alarms.put(upstream.provider(), true))) {
            LOG.errorf(
                    "%s refuses our client (%s), so its connections cannot be refreshed. Check its client id and secret.",
                    upstream.provider(), error);
        }
        breakers.put(upstream, new Breaker(1, clock.instant().plus(CLIENT_REFUSED)));
    }

    private void watch(String provider) {
        alarms.computeIfAbsent(provider, key -> {
            Gauge.builder(
                            "connections.oauth.provider.client.refused",
                            alarms,
                            all -> all.getOrDefault(key, false) ? 1 : 0)
                    .tag("provider", key)
                    .register(metrics);
            Gauge.builder("connections.oauth.provider.resting", this, health -> health.resting(key))
                    .tag("provider", key)
                    .register(metrics);
            return false;
        });
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
