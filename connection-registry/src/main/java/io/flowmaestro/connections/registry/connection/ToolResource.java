package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.tool.ReviewedTool;
import io.flowmaestro.connections.registry.tool.ToolPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The tools of a user's own MCP connections. */
@Path("/api/connections/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class ToolResource {

    private final ToolService tools;
    private final OutboundRates rates;
    private final CurrentCaller caller;

    ToolResource(ToolService tools, OutboundRates rates, CurrentCaller caller) {
        this.tools = tools;
        this.rates = rates;
        this.caller = caller;
    }

    /** What a server offers, and what was decided about it. */
    record ToolsView(
            List<ReviewedTool> tools,
            ToolPolicy policy,
            @Nullable Instant refreshedAt) {}

    @GET
    @Path("/tools")
    public Uni<RestResponse<Success<ToolsView>>> get(@RestPath String id) {
        return tools.get(caller.get().subject(), ConnectionIds.parse(id)).map(ToolResource::tagged);
    }

    @POST
    @Path("/refresh-tools")
    public Uni<RestResponse<Success<Connection>>> refresh(@RestPath String id) {
        rates.require(caller.get());
        return tools.refresh(caller.get(), ConnectionIds.parse(id)).map(ConnectionResource::tagged);
    }

    @PUT
    @Path("/tools/policy")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<ToolsView>>> decide(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        return tools.decide(caller.get(), ConnectionIds.parse(id), new IfMatch(ifMatch), body)
                .map(ToolResource::tagged);
    }

    private static RestResponse<Success<ToolsView>> tagged(ToolReads.Tools found) {
        var view = new ToolsView(found.review().tools(), found.review().policy(), found.refreshedAt());
        return RestResponse.ResponseBuilder.ok(Success.of(view))
                .header("ETag", IfMatch.tag(found.version()))
                .build();
    }
}
