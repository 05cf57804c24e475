package io.flowmaestro.connections.registry.revocation;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What came of telling a provider. */
@Path("/internal/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class RevocationResource {

    private final RevocationService revocations;
    private final CurrentCaller currentCaller;

    RevocationResource(RevocationService revocations, CurrentCaller currentCaller) {
        this.revocations = revocations;
        this.currentCaller = currentCaller;
    }

    @PUT
    @Path("/{id}/revocation")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<RevocationState>> end(@RestPath String id, @Nullable EndRevocation body) {
        Caller caller = currentCaller.get();
        AllowedPeers.OAUTH_BROKER.require(caller);
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return revocations.end(caller, ConnectionIds.parse(id), body.validate()).map(Success::of);
    }

    @PUT
    @Path("/{id}/revocation/claim")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<ClaimState>> renew(@RestPath String id, @Nullable RenewClaim body) {
        Caller caller = currentCaller.get();
        AllowedPeers.OAUTH_BROKER.require(caller);
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return revocations
                .renew(caller, ConnectionIds.parse(id), body.validate())
                .map(Success::of);
    }
}
