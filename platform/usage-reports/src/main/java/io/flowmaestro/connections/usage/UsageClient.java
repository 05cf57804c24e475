package io.flowmaestro.connections.usage;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What the registry takes, at the address and with the time limits that the service gives its registry client. */
@RegisterRestClient(configKey = "connection-registry")
@OidcClientFilter
@Path("/internal/usage")
interface UsageClient {

    /**
     * Reports events of one user, or of several.
     *
     * @param user whose events those are that name no user
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> report(@HeaderParam("X-On-Behalf-Of") @Nullable UUID user, Report report);
}
