package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signing in to MCP servers. By POST for whoever brings a client of their own, or a server whose address is a secret. */
@Path("/api/oauth/mcp/authorize")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class McpAuthorizeResource {

    private final McpAuthorizeService service;
    private final CurrentCaller caller;
    private final FlowCookie cookie;
    private final RandomGenerator random;

    McpAuthorizeResource(McpAuthorizeService service, CurrentCaller caller, FlowCookie cookie, RandomGenerator random) {
        this.service = service;
        this.caller = caller;
        this.cookie = cookie;
        this.random = random;
    }

    @GET
    public Uni<RestResponse<Success<StartedFlow>>> authorize(@Context UriInfo uri, @Context HttpHeaders headers) {
        return begin(McpAuthorizeRequest.of(uri.getQueryParameters()), headers);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<StartedFlow>>> authorize(
            @Nullable McpAuthorizeRequest request, @Context HttpHeaders headers) {
        return begin(request, headers);
    }

    private Uni<RestResponse<Success<StartedFlow>>> begin(@Nullable McpAuthorizeRequest request, HttpHeaders headers) {
        var browser = BrowserSecret.of(cookie.read(headers), random);
        return service.begin(caller.get(), McpAuthorizeRequest.valid(request), browser)
                .map(started -> RestResponse.ResponseBuilder.ok(Success.of(started))
                        .cookie(cookie.write(browser))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
