package io.flowmaestro.connections.oauth.vault;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The two operations of the vault that this service uses. */
@Path("/internal")
@RegisterRestClient(configKey = "credential-vault")
@OidcClientFilter
interface VaultClient {

    @POST
    @Path("/encrypt")
    Uni<EncryptAnswer> encrypt(@HeaderParam("X-On-Behalf-Of") UUID user, EncryptRequest request);

    @POST
    @Path("/decrypt")
    Uni<DecryptAnswer> decrypt(@HeaderParam("X-On-Behalf-Of") UUID user, DecryptRequest request);
}
