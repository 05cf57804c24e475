package io.flowmaestro.connections.registry.credential;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.connection.Connection;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Sealed credentials, for the services that may have them. */
@Path("/internal/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class CredentialResource {

    private final CredentialService credentials;
    private final CurrentCaller currentCaller;

    CredentialResource(CredentialService credentials, CurrentCaller currentCaller) {
        this.credentials = credentials;
        this.currentCaller = currentCaller;
    }

    /** Answer to a publication. */
    record Published(long credentialGeneration) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<Connection>>> create(@Nullable CreateSealedConnection body) {
        Caller caller = allowed(AllowedPeers.OAUTH_BROKER);
        return credentials
                .create(caller, present(body).validate())
                .map(created -> RestResponse.status(
                        created.now() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        Success.of(created.connection())));
    }

    @GET
    @Path("/{id}/credential")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<SealedCredential>> get(@RestPath String id) {
        Caller caller = allowed(AllowedPeers.CREDENTIAL_USERS);
        return credentials.get(caller.subject(), ConnectionIds.parse(id)).map(Success::of);
    }

    @PUT
    @Path("/{id}/credential")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<Published>> publish(@RestPath String id, @Nullable PublishCredential body) {
        Caller caller = allowed(AllowedPeers.OAUTH_BROKER);
        return credentials
                .publish(caller, ConnectionIds.parse(id), present(body).validate())
                .map(Published::new)
                .map(Success::of);
    }

    @PUT
    @Path("/{id}/grant")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<Connection>> reconnect(@RestPath String id, @Nullable GrantCredential body) {
        Caller caller = allowed(AllowedPeers.OAUTH_BROKER);
        return credentials
                .reconnect(caller, ConnectionIds.parse(id), present(body).validate())
                .map(Success::of);
    }

    @PUT
    @Path("/{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<Connection>> change(@RestPath String id, @Nullable ChangeStatus body) {
        Caller caller = allowed(AllowedPeers.OAUTH_BROKER);
        return credentials
                .change(caller, ConnectionIds.parse(id), present(body).validate())
                .map(Success::of);
    }

    private Caller allowed(AllowedPeers peers) {
        Caller caller = currentCaller.get();
        peers.require(caller);
        return caller;
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        return body;
    }
}
