package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.oauth.provider.RegisteredClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Registered clients by the registry's internal API. */
@ApplicationScoped
class RegistryClients implements RegisteredClients {

    private static final int NOT_FOUND = 404;

    private final RegistryClient registry;

    RegistryClients(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<Optional<Registered>> find(String provider) {
        return Detached.call(registry.client(provider))
                .map(answer -> Optional.of(answer.data().registered()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, NOT_FOUND))
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    @Override
    public Uni<Set<String>> providers() {
        return Detached.call(registry.clients())
                .map(answer -> answer.data().registered())
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }
}
