package io.flowmaestro.connections.oauth.erasure;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.problem.Peers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** For the registry, when a user is erased. */
@Path("/internal/users/{userId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class ErasureResource {

    private final ErasureService erasure;
    private final CurrentCaller caller;

    ErasureResource(ErasureService erasure, CurrentCaller caller) {
        this.erasure = erasure;
        this.caller = caller;
    }

    /** The user is named twice, so that a slip in one of the places erases nobody. */
    @DELETE
    public Uni<Success<ErasureView>> erase(@RestPath UUID userId) {
        var registry = Peers.requireRegistry(caller.get());
        if (!registry.subject().equals(userId)) {
            throw new ProblemException(
                    OAuthProblem.PARAMETER_INVALID, "X-On-Behalf-Of must name the user in the path, who is erased.");
        }
        return erasure.erase(userId).map(ErasureView::new).map(Success::of);
    }
}
