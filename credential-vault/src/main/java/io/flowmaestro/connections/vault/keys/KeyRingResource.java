package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The whole key ring, for operators. */
@Path("/internal/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class KeyRingResource {

    private final KeyOperator operator;
    private final KeyRingService service;

    KeyRingResource(KeyOperator operator, KeyRingService service) {
        this.operator = operator;
        this.service = service;
    }

    @GET
    public Uni<Success<KeyRingStatus>> status() {
        return service.status().map(Success::of);
    }

    @POST
    @Path("/rotate")
    public Uni<Success<KeyRingStatus>> changeKeyEncryptionKey() {
        return service.changeKeyEncryptionKey(operator.current()).map(Success::of);
    }
}
