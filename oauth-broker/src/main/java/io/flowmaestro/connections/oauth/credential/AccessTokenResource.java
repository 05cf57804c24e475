package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.oauth.problem.Peers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What the gateway needs to call an MCP server that wants OAuth tokens. */
@Path("/internal/connections/{connectionId}/access-token")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class AccessTokenResource {

    private final AccessTokenService service;
    private final CurrentCaller caller;

    AccessTokenResource(AccessTokenService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<RestResponse<Success<AccessTokenView>>> usable(
            @RestPath UUID connectionId, @Nullable AccessTokenRequest request) {
        var gateway = Peers.requireGateway(caller.get());
        return service.usable(gateway, connectionId, AccessTokenRequest.refused(request))
                .map(open -> RestResponse.ResponseBuilder.ok(Success.of(AccessTokenView.of(open)))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
