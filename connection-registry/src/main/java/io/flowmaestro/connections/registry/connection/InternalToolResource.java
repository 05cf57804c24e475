package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** For mcp-gateway, which hears that a server's tools have changed. */
@Path("/internal/connections/{id}/refresh-tools")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalToolResource {

    private final ToolService tools;
    private final CurrentCaller currentCaller;

    InternalToolResource(ToolService tools, CurrentCaller currentCaller) {
        this.tools = tools;
        this.currentCaller = currentCaller;
    }

    /** The same as the user's own refresh, without an answer to read. */
    @POST
    public Uni<Void> refresh(@RestPath String id) {
        Caller caller = currentCaller.get();
        AllowedPeers.MCP_GATEWAY.require(caller);
        return tools.refresh(caller, ConnectionIds.parse(id)).replaceWithVoid();
    }
}
