package io.flowmaestro.connections.mcp.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.mcp.client.Offer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** What a connection's server offers besides tools, as it is now; nothing of it is stored. */
@Path("/api/mcp/{connectionId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.WORKER, Roles.USER})
class OfferResource {

    private final DiscoveryService discovery;
    private final CurrentCaller caller;

    OfferResource(DiscoveryService discovery, CurrentCaller caller) {
        this.discovery = discovery;
        this.caller = caller;
    }

    @GET
    @Path("/prompts")
    public Uni<Success<List<ObjectNode>>> prompts(@RestPath UUID connectionId) {
        return list(connectionId, Offer.PROMPTS);
    }

    @GET
    @Path("/resources")
    public Uni<Success<List<ObjectNode>>> resources(@RestPath UUID connectionId) {
        return list(connectionId, Offer.RESOURCES);
    }

    @GET
    @Path("/resource-templates")
    public Uni<Success<List<ObjectNode>>> resourceTemplates(@RestPath UUID connectionId) {
        return list(connectionId, Offer.RESOURCE_TEMPLATES);
    }

    private Uni<Success<List<ObjectNode>>> list(UUID connection, Offer offer) {
        return discovery.list(caller.get().subject(), connection, offer).map(Success::of);
    }
}
