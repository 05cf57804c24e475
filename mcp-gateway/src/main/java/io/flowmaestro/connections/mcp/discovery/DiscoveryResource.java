package io.flowmaestro.connections.mcp.discovery;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** For users who are about to save a connection. */
@Path("/api/connections/mcp/discover")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class DiscoveryResource {

    private final DiscoveryService discovery;
    private final CurrentCaller caller;

    DiscoveryResource(DiscoveryService discovery, CurrentCaller caller) {
        this.discovery = discovery;
        this.caller = caller;
    }

    @POST
    public Uni<Success<DiscoveryView>> discover(@Nullable DiscoverRequest request) {
        return discovery
                .discover(caller.get().subject(), request)
                .map(DiscoveryView::of)
                .map(Success::of);
    }
}
