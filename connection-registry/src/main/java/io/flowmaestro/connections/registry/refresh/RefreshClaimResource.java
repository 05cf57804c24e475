package io.flowmaestro.connections.registry.refresh;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.identity.Userless;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work for oauth-broker, whose replicas each take a part; no user is named, since it is everybody's. */
@Path("/internal/refreshes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class RefreshClaimResource {

    private final DueRefreshes due;
    private final CurrentCaller currentCaller;

    RefreshClaimResource(DueRefreshes due, CurrentCaller currentCaller) {
        this.due = due;
        this.currentCaller = currentCaller;
    }

    @POST
    @Path("/claim")
    @Userless
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<DueRefreshes.Claimed>> claim(@Nullable ClaimRefreshes body) {
        AllowedPeers.OAUTH_BROKER.require(currentCaller.via());
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return due.claim(body.validate()).map(Success::of);
    }
}
