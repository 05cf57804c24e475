package io.flowmaestro.connections.mcp.erasure;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.mcp.access.Peers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** For the registry, which erases a user across the suite. */
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

    /** Safe to repeat. */
    @DELETE
    public Uni<Success<ErasureView>> erase(@RestPath UUID userId) {
        if (!Peers.requireRegistry(caller.get()).subject().equals(userId)) {
            throw new ProblemException(
                            FrameworkProblem.VALIDATION_FAILED, "The path and X-On-Behalf-Of name different users.")
                    .with(List.of(new Violation("userId", "must be the user in X-On-Behalf-Of")));
        }
        return erasure.erase(userId).map(ErasureView::new).map(Success::of);
    }
}
