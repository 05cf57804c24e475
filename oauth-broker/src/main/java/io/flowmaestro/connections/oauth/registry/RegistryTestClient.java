package io.flowmaestro.connections.oauth.registry;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The one call to the registry that waits for a provider, hence with a time limit of its own. */
@Path("/internal")
@RegisterRestClient(configKey = "connection-registry-tests")
@OidcClientFilter
interface RegistryTestClient {

    @POST
    @Path("/connections/{id}/test-if-due")
    Uni<Answer<HealthWire>> testIfDue(
            @HeaderParam(RegistryClient.USER) UUID user,
            @PathParam("id") UUID id,
            @QueryParam("refused") @Nullable Boolean refused);
}
