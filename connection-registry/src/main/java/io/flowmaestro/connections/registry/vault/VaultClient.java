package io.flowmaestro.connections.registry.vault;

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
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The operations of credential-vault that the registry may call. */
@OidcClientFilter
@RegisterRestClient(configKey = "credential-vault")
@Path("/internal")
interface VaultClient {

    @POST
    @Path("/encrypt")
    Uni<Answer> encrypt(@HeaderParam("X-On-Behalf-Of") UUID user, Request request);

    /** For webhook secrets alone: connection data does not open here. */
    @POST
    @Path("/decrypt")
    Uni<Opened> decrypt(@HeaderParam("X-On-Behalf-Of") UUID user, Item sealed);

    /** Takes 1 to 100 envelopes of an older system and answers in their order with envelopes of ours. */
    @POST
    @Path("/import/batch")
    Uni<Imports> importBatch(@HeaderParam("X-On-Behalf-Of") UUID user, LegacyBatch batch);

    /** Opens and seals nothing. A vault of an earlier version does not know it. */
    @GET
    @Path("/import/forms")
    Uni<ImportForms> importForms(@HeaderParam("X-On-Behalf-Of") UUID user);

    @DELETE
    @Path("/users/{user}/keys")
    Uni<Destroyed> destroyKeys(@HeaderParam("X-On-Behalf-Of") UUID user, @PathParam("user") UUID owner);

    /** Takes 1 to 100 items of the user's and answers in their order. */
    @POST
    @Path("/rewrap/batch")
    Uni<Rewraps> rewrap(@HeaderParam("X-On-Behalf-Of") UUID user, Batch batch);

    /**
     * What to seal.
     *
     * @param plaintext base64
     */
    record Request(UUID connectionId, String purpose, String plaintext) {
        @Override
        public String toString() {
            return "Request[%s]".formatted(connectionId);
        }
    }

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(@Nullable Sealed data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Sealed(@Nullable JsonNode envelope) {}

    record Batch(List<Item> items) {}

    record Item(UUID connectionId, String purpose, JsonNode envelope) {}

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rewraps(@Nullable Results data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Results(@Nullable List<Result> results) {}

    /** An envelope, and whether it is a new one; or an error instead. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            @Nullable JsonNode envelope,
            @Nullable Boolean rewrapped,
            @Nullable JsonNode error) {}

    /** The suite's success wrapper. Its text would be a secret. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Opened(@Nullable Plaintext data) {
        @Override
        public String toString() {
            return "Opened[***]";
        }
    }

    /**
     * An opened record.
     *
     * @param plaintext base64
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Plaintext(@Nullable String plaintext) {
        @Override
        public String toString() {
            return "Plaintext[***]";
        }
    }

    record LegacyBatch(List<LegacyItem> items) {}

    record LegacyItem(UUID connectionId, String purpose, JsonNode legacyEnvelope) {}

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Imports(@Nullable ImportResults data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ImportResults(@Nullable List<ImportResult> results) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ImportResult(
            @Nullable JsonNode envelope, @Nullable JsonNode error) {}

    /** The suite's success wrapper. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ImportForms(@Nullable Forms data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Forms(@Nullable List<Form> forms) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Form(@Nullable String form, @Nullable JsonNode error) {}

    /** The suite's success wrapper around the receipt. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Destroyed(@Nullable JsonNode data) {}
}
