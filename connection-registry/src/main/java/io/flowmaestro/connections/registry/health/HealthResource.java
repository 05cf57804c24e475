package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How connections are: a user's own, and for operators the numbers over all users. */
@Path("/api/connections")
@Produces(MediaType.APPLICATION_JSON)
class HealthResource {

    private final HealthReads reads;
    private final CurrentCaller caller;

    HealthResource(HealthReads reads, CurrentCaller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @Path("/health")
    @RolesAllowed(Roles.USER)
    public Uni<Success<HealthSummary>> own() {
        return reads.of(caller.get().subject()).map(Success::of);
    }

    @GET
    @Path("/health/overall")
    @RolesAllowed(Roles.ADMIN)
    public Uni<Success<HealthSummary.Overall>> overall() {
        return reads.overall().map(Success::of);
    }
}
