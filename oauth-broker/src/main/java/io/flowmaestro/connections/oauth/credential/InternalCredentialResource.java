package io.flowmaestro.connections.oauth.credential;

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

/** What the registry needs to test a connection. */
@Path("/internal/connections/{connectionId}/credential-for-test")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalCredentialResource {

    private final CredentialService service;
    private final CurrentCaller caller;

    InternalCredentialResource(CredentialService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    public Uni<RestResponse<String>> forTest(@RestPath UUID connectionId) {
        var registry = Peers.requireRegistry(caller.get());
        return service.forTest(registry.subject(), connectionId)
                .map(credential -> RestResponse.ResponseBuilder.ok(credential)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
