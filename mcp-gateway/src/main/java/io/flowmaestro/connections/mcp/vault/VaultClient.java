package io.flowmaestro.connections.mcp.vault;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "credential-vault")
@OidcClientFilter
@Path("/internal")
interface VaultClient {

    @POST
    @Path("/decrypt")
    Uni<Opened> decrypt(@HeaderParam("X-On-Behalf-Of") UUID user, Sealed sealed);

    record Sealed(UUID connectionId, String purpose, JsonNode envelope) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Opened(Data data) {

        /** The plaintext arrives in base64, which Jackson reads into bytes without a string in between. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        @SuppressWarnings("ArrayRecordComponent")
        record Data(byte[] plaintext) {

            @Override
            public String toString() {
                return "(secret)";
            }
        }
    }
}
