package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;

@Path("/api/oauth/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class ProviderResource {

    private final Providers providers;
    private final Clients clients;

    ProviderResource(Providers providers, Clients clients) {
        this.providers = providers;
        this.clients = clients;
    }

    @GET
    public Uni<Success<List<ProviderView>>> list() {
        return providers
                .withOAuth()
                .chain(all -> clients.configured(all).map(configured -> views(all, configured)))
                .map(Success::of);
    }

    private static List<ProviderView> views(List<Provider> all, Set<String> configured) {
        return all.stream()
                .map(provider -> new ProviderView(
                        provider.key(),
                        provider.name(),
                        provider.requireDefinition().isOfTheClient() ? "client_credentials" : "authorization_code",
                        configured.contains(provider.key())))
                .toList();
    }
}
