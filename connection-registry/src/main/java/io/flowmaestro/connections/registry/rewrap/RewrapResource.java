package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.identity.Userless;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** Bulk rewraps, for operators and the suite's services. No user's rows are shown. */
@Path("/internal/rewrap")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SERVICE, Roles.ADMIN})
class RewrapResource {

    private final RewrapService service;

    RewrapResource(RewrapService service) {
        this.service = service;
    }

    @POST
    @Userless
    public Uni<RestResponse<Success<RewrapProgress>>> start() {
        return service.start().map(progress -> RestResponse.status(RestResponse.Status.ACCEPTED, Success.of(progress)));
    }

    @GET
    @Userless
    public Uni<Success<RewrapProgress>> progress() {
        return service.progress().map(Success::of);
    }
}
