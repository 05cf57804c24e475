package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.watch.ToolRefresh;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@ApplicationScoped
class RegistryToolRefresh implements ToolRefresh {

    /** Above the 140 s that the registry gives us to look. */
    private static final Duration TIMEOUT = Duration.ofSeconds(150);

    private final RegistryRefreshClient registry;

    RegistryToolRefresh(@RestClient RegistryRefreshClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<Void> refresh(UUID user, UUID connection) {
        return Detached.call(registry.refresh(user, connection))
                .ifNoItem()
                .after(TIMEOUT)
                .fail();
    }
}
