package io.flowmaestro.connections.egress;

import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;

/** Ends the start of a service whose list of private hosts cannot be read; else every call to anywhere would fail later. */
@ApplicationScoped
class AllowanceCheck {

    void check(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent start, EgressSettings settings) {
        try {
            Allowance.parse(settings.allow().orElse(List.of()));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(Refusal.of(List.of(
                    "CONNECTIONS_EGRESS_ALLOW (connections.egress.allow) must be names, addresses and address blocks of"
                            + " private networks, separated by commas: " + wrong.getMessage() + ".")));
        }
    }
}
