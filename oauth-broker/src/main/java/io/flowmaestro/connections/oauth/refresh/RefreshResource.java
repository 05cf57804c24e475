package io.flowmaestro.connections.oauth.refresh;

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

@Path("/api/oauth/{provider}/refresh/{connectionId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class RefreshResource {

    private final RefreshService service;
    private final CurrentCaller caller;

    RefreshResource(RefreshService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<Success<RefreshView>> refresh(@RestPath String provider, @RestPath UUID connectionId) {
        return service.force(caller.get(), provider, connectionId)
                .map(RefreshView::of)
                .map(Success::of);
    }
}
