package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.connection.StoredConnection;
import io.flowmaestro.connections.mcp.connection.StoredConnections;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@ApplicationScoped
class RegistryConnections implements StoredConnections {

    /** The waiting for a connection included, which the client's own time limits leave out. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RegistryClient registry;

    RegistryConnections(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<StoredConnection> load(UUID user, UUID id) {
        return Detached.call(registry.credential(user, id))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(CredentialAnswer::connection)
                .onFailure()
                .transform(RegistryFailures::of);
    }
}
