package io.flowmaestro.connections.registry.broker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The operations of oauth-broker that the registry calls. */
@OidcClientFilter
@RegisterRestClient(configKey = "oauth-broker")
@Path("/internal")
interface BrokerClient {

    @POST
    @Path("/connections/{id}/credential-for-test")
    Uni<Answer> credential(@HeaderParam("X-On-Behalf-Of") UUID user, @PathParam("id") UUID connection);

    @DELETE
    @Path("/users/{user}")
    Uni<Erased> erase(@HeaderParam("X-On-Behalf-Of") UUID behalf, @PathParam("user") UUID user);

    /** Takes up to 20 connections, and about 10 s. */
    @POST
    @Path("/users/{user}/revocations")
    Uni<Revoked> revoke(@HeaderParam("X-On-Behalf-Of") UUID behalf, @PathParam("user") UUID user, Grants grants);

    @GET
    @Path("/oauth/clients")
    Uni<Clients> clients();

    /** The suite's success wrapper. Its text would be a secret. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(@Nullable JsonNode data) {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Clients(@Nullable Configured data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Configured(@Nullable Set<String> configured) {}

    record Grants(List<Grant> connections) {}

    record Grant(UUID id, String provider, JsonNode envelope) {
        @Override
        public String toString() {
            return "Grant[%s]".formatted(id);
        }
    }

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Revoked(@Nullable Outcomes data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Outcomes(@Nullable List<@Nullable Ended> connections) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Ended(@Nullable UUID id, @Nullable String outcome) {}

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Erased(@Nullable JsonNode data) {}
}
