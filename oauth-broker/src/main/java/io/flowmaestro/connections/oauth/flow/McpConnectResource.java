package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Connecting an MCP server with a client's own tokens (MCP's extension for client credentials). */
@Path("/api/oauth/mcp/connect")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class McpConnectResource {

    private final McpConnectService service;
    private final CurrentCaller caller;

    McpConnectResource(McpConnectService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<JsonNode>>> connect(@Nullable McpAuthorizeRequest request) {
        return service.connect(caller.get(), McpAuthorizeRequest.valid(request))
                .map(stored -> RestResponse.status(RestResponse.Status.CREATED, Success.of(stored.summary())));
    }
}
