package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/oauth/{provider}/revoke/{connectionId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class RevokeResource {

    private final RevocationService service;
    private final CurrentCaller caller;

    RevokeResource(RevocationService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<Success<RevokedView>> revoke(@RestPath String provider, @RestPath UUID connectionId) {
        return service.revoke(caller.get().subject(), provider, connectionId).map(Success::of);
    }
}
