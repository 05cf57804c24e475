package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.endpoint.destination.UserConnections;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@ApplicationScoped
class RegistryUserConnections implements UserConnections {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RegistryClient registry;

    RegistryUserConnections(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<List<Found>> activeMcp(UUID user) {
        return Detached.call(registry.mcpConnections(user))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(McpConnectionsAnswer::found)
                .onFailure()
                .transform(RegistryFailures::of);
    }
}
