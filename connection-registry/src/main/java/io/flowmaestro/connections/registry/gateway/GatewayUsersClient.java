package io.flowmaestro.connections.registry.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What mcp-gateway holds of users. */
@OidcClientFilter
@RegisterRestClient(configKey = "mcp-gateway")
@Path("/internal/users")
interface GatewayUsersClient {

    @DELETE
    @Path("/{user}")
    Uni<Erased> erase(@HeaderParam("X-On-Behalf-Of") UUID behalf, @PathParam("user") UUID user);

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Erased(@Nullable JsonNode data) {}
}
