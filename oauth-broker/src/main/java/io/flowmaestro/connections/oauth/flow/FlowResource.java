package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** How a flow ended, for a page that its popup could not tell. */
@Path("/api/oauth/flows")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class FlowResource {

    private final FlowRepository flows;
    private final CurrentCaller caller;

    FlowResource(FlowRepository flows, CurrentCaller caller) {
        this.flows = flows;
        this.caller = caller;
    }

    @GET
    @Path("/{flowId}")
    public Uni<Success<FlowView>> get(@RestPath UUID flowId) {
        return flows.find(caller.get().subject(), flowId)
                .map(found -> found.orElseThrow(FlowResource::notFound))
                .map(Success::of);
    }

    private static ProblemException notFound() {
        return new ProblemException(
                OAuthProblem.FLOW_NOT_FOUND, "There is no such flow. Flows are kept for seven days; begin a new one.");
    }
}
