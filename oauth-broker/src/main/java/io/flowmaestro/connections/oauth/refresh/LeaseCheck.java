package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;

/** Ends the start of a service whose lease could lapse while a provider is asked: two replicas would redeem one refresh token. */
@ApplicationScoped
class LeaseCheck {

    /** What PostgreSQL may take to say that the lease holds; a call that begins later could outlast it, and is not made. */
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final RefreshConfig config;
    private final TokenConfig calls;

    LeaseCheck(RefreshConfig config, TokenConfig calls) {
        this.config = config;
        this.calls = calls;
    }

    /** Of this exception Quarkus shows the message alone. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent start) {
        if (config.lease().compareTo(calls.timeout().plus(AHEAD)) < 0) {
            throw new ConfigurationException(Refusal.of(List.of("connections.oauth.refresh.lease must be longer than"
                    + " connections.oauth.token.timeout, by a second at least: a provider is asked"
                    + " while the lease is held.")));
        }
    }
}
