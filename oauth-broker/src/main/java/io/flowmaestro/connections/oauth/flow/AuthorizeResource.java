package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/oauth/{provider}/authorize")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class AuthorizeResource {

    private final AuthorizeService service;
    private final CurrentCaller caller;
    private final FlowCookie cookie;
    private final RandomGenerator random;

    AuthorizeResource(AuthorizeService service, CurrentCaller caller, FlowCookie cookie, RandomGenerator random) {
        this.service = service;
        this.caller = caller;
        this.cookie = cookie;
        this.random = random;
    }

    @GET
    public Uni<RestResponse<Success<StartedFlow>>> authorize(
            @RestPath String provider, @Context UriInfo uri, @Context HttpHeaders headers) {
        var browser = BrowserSecret.of(cookie.read(headers), random);
        return service.begin(caller.get().subject(), provider, AuthorizeRequest.of(uri.getQueryParameters()), browser)
                .map(started -> RestResponse.ResponseBuilder.ok(Success.of(started))
                        .cookie(cookie.write(browser))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
