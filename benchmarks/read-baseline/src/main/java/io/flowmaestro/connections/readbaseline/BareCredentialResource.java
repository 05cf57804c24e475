package io.flowmaestro.connections.readbaseline;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Checks the worker's token and for whom it asks, as the broker does, and answers the same text to everybody. */
@Path("/api/bare/credentials")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.WORKER)
class BareCredentialResource {

    private final CurrentCaller caller;

    BareCredentialResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @POST
    @Path("/api_key/{connectionId}")
    public Uni<RestResponse<Success<BareCredential>>> apiKey(@RestPath UUID connectionId) {
        return answer(BareCredential.API_KEY);
    }

    @POST
    @Path("/oauth2/{connectionId}")
    public Uni<RestResponse<Success<BareCredential>>> oauth2(@RestPath UUID connectionId) {
        return answer(BareCredential.OAUTH2);
    }

    private Uni<RestResponse<Success<BareCredential>>> answer(BareCredential credential) {
        Objects.requireNonNull(caller.get().subject());
        return Uni.createFrom()
                .item(RestResponse.ResponseBuilder.ok(Success.of(credential))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
