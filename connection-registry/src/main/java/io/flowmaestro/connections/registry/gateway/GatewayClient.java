package io.flowmaestro.connections.registry.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** Tool discovery of mcp-gateway. */
@OidcClientFilter
@RegisterRestClient(configKey = "mcp-gateway")
@Path("/internal/mcp")
interface GatewayClient {

    /** Takes the data of an MCP connection as it is, as JSON text. */
    @POST
    @Path("/discover")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Answer> discover(@HeaderParam("X-On-Behalf-Of") UUID user, JsonNode data);

    @POST
    @Path("/connections/{id}/discover")
    Uni<Answer> rediscover(@HeaderParam("X-On-Behalf-Of") UUID user, @jakarta.ws.rs.PathParam("id") UUID connection);

    /** No digit of a definition may get lost, for it counts in the definition's hash. */
    @ClientObjectMapper
    static ObjectMapper exact(ObjectMapper mapper) {
        return mapper.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(@Nullable Found data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Found(
            @Nullable JsonNode serverInfo,
            @Nullable JsonNode capabilities,
            @Nullable JsonNode tools) {}
}
