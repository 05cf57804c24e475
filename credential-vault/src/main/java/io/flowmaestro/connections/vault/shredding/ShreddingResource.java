package io.flowmaestro.connections.vault.shredding;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.keys.KeyOperation;
import io.flowmaestro.connections.vault.keys.KeyOperator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** Destroys all keys of one user. */
@Path("/internal/users/{user}/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.SERVICE})
class ShreddingResource {

    private final KeyOperator operator;
    private final ShreddingService service;

    ShreddingResource(KeyOperator operator, ShreddingService service) {
        this.operator = operator;
        this.service = service;
    }

    @DELETE
    public Uni<Success<Receipt>> destroy(@RestPath UUID user) {
        var caller = operator.require(KeyOperation.DESTROY, user);
        return service.destroy(caller, user).map(Success::of);
    }
}
