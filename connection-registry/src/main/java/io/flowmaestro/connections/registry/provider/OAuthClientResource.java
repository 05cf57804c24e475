package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.identity.Userless;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The OAuth clients that administrators registered, for oauth-broker, which alone can open their secrets. */
@Path("/internal/oauth/clients")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class OAuthClientResource {

    private final DefinedProviders defined;
    private final CurrentCaller currentCaller;

    OAuthClientResource(DefinedProviders defined, CurrentCaller currentCaller) {
        this.defined = defined;
        this.currentCaller = currentCaller;
    }

    /**
     * A client and where in the vault its secret belongs.
     *
     * @param secretEnvelope absent for a client without a secret
     * @param recordId as {@code connection_id} for the vault
     * @param keyScope as the user for the vault
     */
    record SealedClient(
            String clientId,

            @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secretEnvelope,

            UUID recordId,
            UUID keyScope) {
        @Override
        public String toString() {
            return "SealedClient[%s]".formatted(clientId);
        }
    }

    /**
     * Answer to a look at all of them.
     *
     * @param registered keys of the providers that have a client, sorted
     */
    record Clients(List<String> registered) {}

    /** As stored in this moment: a client that another replica took is there at once. */
    @GET
    @Userless
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<Clients>> list() {
        AllowedPeers.OAUTH_BROKER.require(currentCaller.via());
        return defined.registered().map(Clients::new).map(Success::of);
    }

    @GET
    @Path("/{key}")
    @Userless
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<SealedClient>> get(@RestPath String key) {
        AllowedPeers.OAUTH_BROKER.require(currentCaller.via());
        return defined.client(key)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        RegistryProblem.OAUTH_CLIENT_NOT_FOUND,
                        "No administrator has registered an OAuth client for this provider.")))
                .map(client -> new SealedClient(
                        client.clientId(), client.envelope(), ClientRecords.of(key), ClientRecords.KEY_SCOPE))
                .map(Success::of);
    }
}
