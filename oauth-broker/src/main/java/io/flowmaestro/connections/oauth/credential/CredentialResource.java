package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
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

/** Workers only: neither users nor operators nor the suite's other services read credentials here. */
@Path("/api/credentials/{connectionId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.WORKER)
class CredentialResource {

    private final CredentialService service;
    private final CurrentCaller caller;

    CredentialResource(CredentialService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<RestResponse<String>> usable(@RestPath UUID connectionId, @Nullable CredentialRequest request) {
        return service.usable(caller.get(), connectionId, CredentialRequest.wanted(request))
                .map(credential -> RestResponse.ResponseBuilder.ok(credential)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
