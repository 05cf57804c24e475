package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** A user's MCP connections for mcp-gateway, which shows them to MCP clients as one server. */
@Path("/internal/mcp-connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class McpConnectionsResource {

    private static final int MOST = 100;

    private final ConnectionReads reads;
    private final CurrentCaller currentCaller;

    McpConnectionsResource(ConnectionReads reads, CurrentCaller currentCaller) {
        this.reads = reads;
        this.currentCaller = currentCaller;
    }

    /** No more than what names it. */
    record Entry(UUID id, String name) {}

    /** The active ones, the oldest first, 100 at most. */
    @GET
    public Uni<Success<List<Entry>>> list() {
        Caller caller = currentCaller.get();
        AllowedPeers.MCP_GATEWAY.require(caller);
        var active = new ConnectionQuery(
                null, ConnectionMethod.MCP, ConnectionStatus.ACTIVE, null, ConnectionSort.OLDEST, MOST, false, null);
        return reads.list(caller.subject(), active)
                .map(page -> page.connections().stream()
                        .map(found -> new Entry(found.id(), found.name()))
                        .toList())
                .map(Success::of);
    }
}
