package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.mcp.connection.StoredConnection;
import io.flowmaestro.connections.mcp.connection.StoredConnections;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@ApplicationScoped
class RegistryConnections implements StoredConnections {

    private final RegistryClient registry;

    RegistryConnections(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<StoredConnection> load(UUID user, UUID id) {
        return registry.credential(user, id)
                .map(CredentialAnswer::connection)
                .onFailure()
                .transform(RegistryFailures::of);
    }
}
