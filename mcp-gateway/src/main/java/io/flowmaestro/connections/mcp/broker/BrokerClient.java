package io.flowmaestro.connections.mcp.broker;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

@RegisterRestClient(configKey = "oauth-broker")
@OidcClientFilter
@Path("/internal/connections/{id}/access-token")
interface BrokerClient {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<TokenAnswer> accessToken(@HeaderParam("X-On-Behalf-Of") UUID user, @RestPath UUID id, TokenRequest request);
}
