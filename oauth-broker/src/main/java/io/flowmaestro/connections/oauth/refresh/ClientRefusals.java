package io.flowmaestro.connections.oauth.refresh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Token endpoints that refuse our client: an alarm for the operator, and no reason to touch a connection. What a customer's
 * own address says is that customer's matter, and raises no alarm of the provider's.
 */
@ApplicationScoped
class ClientRefusals {

    private static final Logger LOG = Logger.getLogger(ClientRefusals.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** A provider's own alarm stays until it takes the client again; a customer may be gone for good. */
    private static final Duration OF_THE_PROVIDER = Duration.ofDays(3650);

    private static final Duration OF_A_CUSTOMER = Duration.ofDays(1);
    private static final long MOST = 10_000;

    private final Clock clock;
    private final MeterRegistry metrics;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    /** Until when each of them is left alone; in here beyond that, until it takes the client. */
    private final Cache<Upstream, Instant> refusing = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<Upstream, Instant>writing(
                    (upstream, _) -> upstream.customer() == null ? OF_THE_PROVIDER : OF_A_CUSTOMER))
            .build();

    ClientRefusals(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Nothing that a user could mend: the operator has to, or the customer's administrator. */
    void refused(Upstream upstream, String error) {
        watch(upstream.provider());
        var before = refusing.asMap().put(upstream, clock.instant().plus(PAUSE));
        if (before == null && upstream.customer() == null) {
            LOG.errorf(
                    "%s refuses our client (%s), so its connections cannot be refreshed. Check its client id and secret.",
                    upstream.provider(), error);
        } else if (before == null) {
            LOG.warnf(
                    "%s refuses our client (%s) at %s, so connections there cannot be refreshed; others are not concerned. Its administrator may have removed our client.",
                    upstream.provider(), error, upstream.customer());
        }
    }

    void taken(Upstream upstream) {
        if (refusing.asMap().remove(upstream) != null) {
            LOG.infof("%s takes our client again", upstream.described());
        }
    }

    /** How long an endpoint should be left alone; zero when it may be asked. */
    Duration pause(Upstream upstream) {
        var until = refusing.getIfPresent(upstream);
        var now = clock.instant();
        return until == null || !now.isBefore(until) ? Duration.ZERO : Duration.between(now, until);
    }

    /** For the one caller that goes first: the others are kept back for as long as its call may take. */
    void probing(Upstream upstream, Duration call) {
        refusing.asMap().computeIfPresent(upstream, (_, _) -> clock.instant().plus(call));
    }

    private void watch(String provider) {
        if (watched.add(provider)) {
            Gauge.builder("connections.oauth.provider.client.refused", this, all -> all.count(provider, false))
                    .tag("provider", provider)
                    .register(metrics);
            Gauge.builder("connections.oauth.provider.customers.refusing", this, all -> all.count(provider, true))
                    .tag("provider", provider)
                    .register(metrics);
        }
    }

    private long count(String provider, boolean ofCustomers) {
        return refusing.asMap().keySet().stream()
                .filter(upstream ->
                        upstream.provider().equals(provider) && (upstream.customer() != null) == ofCustomers)
                .count();
    }
}
