package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;

/** Ends the start of a service whose sign-ins could be finished after longer than is promised. */
@ApplicationScoped
class LifetimeCheck {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final FlowConfig config;

    LifetimeCheck(FlowConfig config) {
        this.config = config;
    }

    /** Of this exception Quarkus shows the message alone. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent start) {
        if (!config.lifetime().isPositive() || config.lifetime().compareTo(LONGEST) > 0) {
            throw new ConfigurationException(
                    Refusal.of(List.of("connections.oauth.flow.lifetime must be longer than nothing and ten minutes at"
                            + " most: a state that lives on is one that others may find.")));
        }
    }
}
