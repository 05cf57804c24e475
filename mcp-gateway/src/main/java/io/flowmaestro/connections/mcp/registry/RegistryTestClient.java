package io.flowmaestro.connections.mcp.registry;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

/** The one call of the registry that waits for somebody else's server, hence with time limits of its own. */
@RegisterRestClient(configKey = "connection-registry-tests")
@OidcClientFilter
@Path("/internal/connections/{id}/test-if-due")
interface RegistryTestClient {

    @POST
    Uni<TestAnswer> testIfDue(@HeaderParam("X-On-Behalf-Of") UUID user, @RestPath UUID id);
}
