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

@Path("/api/oauth/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class ProviderResource {

    private final Providers providers;
    private final ClientRegistrations clients;

    ProviderResource(Providers providers, ClientRegistrations clients) {
        this.providers = providers;
        this.clients = clients;
    }

    @GET
    public Uni<Success<List<ProviderView>>> list() {
        return providers.withOAuth().map(this::views).map(Success::of);
    }

    private List<ProviderView> views(List<Provider> all) {
        return all.stream()
                .map(provider -> new ProviderView(provider.key(), provider.name(), clients.configured(provider)))
                .toList();
    }
}
