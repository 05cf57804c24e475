package io.flowmaestro.connections.mcp.discovery;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.mcp.access.Peers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** For the registry: on create, on refresh-tools, and as the test of an MCP connection. */
@Path("/internal/mcp")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalDiscoveryResource {

    private final DiscoveryService discovery;
    private final CurrentCaller caller;

    InternalDiscoveryResource(DiscoveryService discovery, CurrentCaller caller) {
        this.discovery = discovery;
        this.caller = caller;
    }

    @POST
    @Path("/discover")
    public Uni<Success<DiscoveryView>> discover(@Nullable DiscoverRequest request) {
        return discovery
                .discover(Peers.requireRegistry(caller.get()).subject(), request)
                .map(DiscoveryView::of)
                .map(Success::of);
    }

    @POST
    @Path("/connections/{connectionId}/discover")
    public Uni<Success<DiscoveryView>> discoverStored(@RestPath UUID connectionId) {
        return discovery
                .discover(Peers.requireRegistry(caller.get()).subject(), connectionId)
                .map(DiscoveryView::of)
                .map(Success::of);
    }
}
