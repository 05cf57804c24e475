package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.problem.Peers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** For the registry, when a user is erased: while the keys are there, what they seal can still be ended. */
@Path("/internal/users/{userId}/revocations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class ErasedGrantsResource {

    private final ErasedGrants grants;
    private final CurrentCaller caller;

    ErasedGrantsResource(ErasedGrants grants, CurrentCaller caller) {
        this.grants = grants;
        this.caller = caller;
    }

    /** What became of each connection's tokens. */
    record View(List<ErasedGrants.Ended> connections) {}

    /** The user is named twice, as when everything of the user is removed. */
    @POST
    public Uni<Success<View>> revoke(@RestPath UUID userId, @Nullable ErasedGrantsRequest request) {
        var registry = Peers.requireRegistry(caller.get());
        if (!registry.subject().equals(userId)) {
            throw new ProblemException(
                    OAuthProblem.PARAMETER_INVALID, "X-On-Behalf-Of must name the user in the path, who is erased.");
        }
        return grants.revoke(userId, ErasedGrantsRequest.grants(request))
                .map(View::new)
                .map(Success::of);
    }
}
