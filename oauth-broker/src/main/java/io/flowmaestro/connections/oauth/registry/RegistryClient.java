package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What this service asks of the registry. */
@Path("/internal")
@RegisterRestClient(configKey = "connection-registry")
@OidcClientFilter
interface RegistryClient {

    String USER = "X-On-Behalf-Of";

    @GET
    @Path("/providers/{key}")
    Uni<RestResponse<Answer<ProviderWire>>> provider(
            @PathParam("key") String key, @HeaderParam("If-None-Match") @Nullable String etag);

    @GET
    @Path("/providers")
    Uni<RestResponse<Answer<List<ProviderWire>>>> providers(@HeaderParam("If-None-Match") @Nullable String etag);

    @POST
    @Path("/connections")
    Uni<Answer<JsonNode>> create(@HeaderParam(USER) UUID user, CreateWire connection);

    @GET
    @Path("/connections/{id}/credential")
    Uni<Answer<CredentialWire>> credential(@HeaderParam(USER) UUID user, @PathParam("id") UUID id);

    @PUT
    @Path("/connections/{id}/credential")
    Uni<Answer<GenerationWire>> publish(
            @HeaderParam(USER) UUID user, @PathParam("id") UUID id, NewCredentialWire credential);

    @PUT
    @Path("/connections/{id}/status")
    Uni<Answer<JsonNode>> mark(@HeaderParam(USER) UUID user, @PathParam("id") UUID id, StatusWire status);

    @PUT
    @Path("/connections/{id}/grant")
    Uni<Answer<JsonNode>> renew(@HeaderParam(USER) UUID user, @PathParam("id") UUID id, NewCredentialWire grant);

    @GET
    @Path("/oauth/clients/{key}")
    Uni<Answer<ClientWire>> client(@PathParam("key") String key);

    @GET
    @Path("/oauth/clients")
    Uni<Answer<RegisteredWire>> clients();

    @POST
    @Path("/revocations/claim")
    Uni<Answer<RevocationsWire>> claimRevocations(ClaimWire claim);

    @PUT
    @Path("/connections/{id}/revocation")
    Uni<Answer<JsonNode>> endRevocation(
            @HeaderParam(USER) UUID user, @PathParam("id") UUID id, RevocationEndWire outcome);

    @PUT
    @Path("/connections/{id}/revocation/claim")
    Uni<Answer<ClaimStateWire>> renewRevocationClaim(
            @HeaderParam(USER) UUID user, @PathParam("id") UUID id, RenewClaimWire claim);

    @POST
    @Path("/refreshes/claim")
    Uni<Answer<DueWire>> claimRefreshes(ClaimWire claim);
}
