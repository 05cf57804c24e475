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

/** Which clients the operator gave to this service, for the services that show it. */
@Path("/internal/oauth/clients")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalClientResource {

    private final Providers providers;
    private final Clients clients;

    InternalClientResource(Providers providers, Clients clients) {
        this.providers = providers;
        this.clients = clients;
    }

    @GET
    @Userless
    public Uni<Success<ClientsView>> configured() {
        return providers
                .withOAuth()
                .chain(clients::configured)
                .map(keys -> new ClientsView(keys.stream().sorted().toList()))
                .map(Success::of);
    }
}
