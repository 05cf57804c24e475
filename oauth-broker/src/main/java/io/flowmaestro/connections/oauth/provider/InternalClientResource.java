package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.identity.Userless;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which clients the operator gave to this service, for the services that show it. */
@Path("/internal/oauth/clients")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalClientResource {

    private final Providers providers;
    private final ClientRegistrations clients;

    InternalClientResource(Providers providers, ClientRegistrations clients) {
        this.providers = providers;
        this.clients = clients;
    }

    @GET
    @Userless
    public Uni<Success<ClientsView>> configured() {
        return providers.withOAuth().map(this::configured).map(ClientsView::new).map(Success::of);
    }

    private List<String> configured(List<Provider> all) {
        return all.stream()
                .filter(clients::configured)
                .map(Provider::key)
                .sorted()
                .toList();
    }
}
