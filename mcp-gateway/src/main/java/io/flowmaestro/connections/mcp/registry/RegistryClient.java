package io.flowmaestro.connections.mcp.registry;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "connection-registry")
@OidcClientFilter
@Path("/internal")
interface RegistryClient {

    @GET
    @Path("/connections/{id}/credential")
    Uni<CredentialAnswer> credential(@HeaderParam("X-On-Behalf-Of") UUID user, @RestPath UUID id);

    @GET
    @Path("/mcp-connections")
    Uni<McpConnectionsAnswer> mcpConnections(@HeaderParam("X-On-Behalf-Of") UUID user);

    @GET
    @Path("/providers")
    Uni<RestResponse<ProvidersAnswer>> providers(@HeaderParam("If-None-Match") @Nullable String etag);
}
