package io.flowmaestro.connections.registry.revocation;

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
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Work for oauth-broker, which alone speaks to providers; no user is named, since it is everybody's. */
@Path("/internal/revocations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class RevocationClaimResource {

    private final DueRevocations due;
    private final CurrentCaller currentCaller;

    RevocationClaimResource(DueRevocations due, CurrentCaller currentCaller) {
        this.due = due;
        this.currentCaller = currentCaller;
    }

    /** Answer to a claim. */
    record Claimed(List<DueRevocations.Due> connections) {}

    @POST
    @Path("/claim")
    @Userless
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<Claimed>> claim(@Nullable ClaimRevocations body) {
        AllowedPeers.OAUTH_BROKER.require(currentCaller.via());
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return due.claim(body.validate()).map(Claimed::new).map(Success::of);
    }
}
