package io.flowmaestro.connections.mcp.registry;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

/** Waits for somebody else's server, which the registry has us look at. */
@RegisterRestClient(configKey = "connection-registry-refreshes")
@OidcClientFilter
@Path("/internal/connections/{id}/refresh-tools")
interface RegistryRefreshClient {

    @POST
    Uni<Void> refresh(@HeaderParam("X-On-Behalf-Of") UUID user, @RestPath UUID id);
}
