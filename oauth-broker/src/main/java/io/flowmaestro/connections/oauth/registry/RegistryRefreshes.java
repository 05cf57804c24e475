package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.oauth.background.DueRefreshes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Due refreshes by the registry's internal API. */
@ApplicationScoped
class RegistryRefreshes implements DueRefreshes {

    private final RegistryClient registry;

    RegistryRefreshes(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<List<Due>> claim(int most, Duration horizon, Duration claim) {
        return registry.claimRefreshes(new ClaimWire(most, horizon.toSeconds(), claim.toSeconds()))
                .map(answer -> answer.data().due())
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }
}
