package io.flowmaestro.connections.oauth.credential;

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
import org.jspecify.annotations.Nullable;

/** Where workers say that a provider did not take a credential. */
@Path("/api/credentials/{connectionId}/refused")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.WORKER)
class RefusedResource {

    private final RefusalService service;
    private final CurrentCaller caller;

    RefusedResource(RefusalService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<Success<RefusedView>> refused(@RestPath UUID connectionId, @Nullable RefusedRequest request) {
        return service.refused(caller.get(), connectionId, RefusedRequest.version(request))
                .map(Success::of);
    }
}
