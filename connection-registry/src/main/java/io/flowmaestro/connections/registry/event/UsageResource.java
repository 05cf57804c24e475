package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
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

/** Reports of use, from the services that hand out credentials and call tools. */
@Path("/internal/usage")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class UsageResource {

    private final UsageService usage;
    private final CurrentCaller currentCaller;

    UsageResource(UsageService usage, CurrentCaller currentCaller) {
        this.usage = usage;
        this.currentCaller = currentCaller;
    }

    /** Without {@code X-On-Behalf-Of} each use says whose it is. */
    @POST
    @Userless
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<UsageService.Taken>> report(@Nullable UsageReport body) {
        AllowedPeers.CREDENTIAL_USERS.require(currentCaller.via());
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return usage.take(body.validate(currentCaller.find().map(Caller::subject)))
                .map(Success::of);
    }
}
