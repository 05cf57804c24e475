package io.flowmaestro.connections.vault.shredding;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.keys.KeyOperation;
import io.flowmaestro.connections.vault.keys.KeyOperator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** Destroys all keys of one user, and never the suite's own. */
@Path("/internal/users/{user}/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.SERVICE})
class ShreddingResource {

    /** For whom the registry seals what is nobody's: the secrets of the suite's OAuth clients. */
    private static final UUID SUITE = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final String OWN =
            "must be a user: this one is the suite's own, and with its keys the secrets of all OAuth clients would be lost."
                    + " Rotate its key instead (POST /internal/users/" + SUITE + "/keys/rotate)";

    private final KeyOperator operator;
    private final ShreddingService service;

    ShreddingResource(KeyOperator operator, ShreddingService service) {
        this.operator = operator;
        this.service = service;
    }

    @DELETE
    public Uni<Success<Receipt>> destroy(@RestPath UUID user) {
        var caller = operator.require(KeyOperation.DESTROY, user);
        if (user.equals(SUITE)) {
            throw new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The parameter user " + OWN + ".")
                    .with(List.of(new Violation("user", OWN)));
        }
        return service.destroy(caller, user).map(Success::of);
    }
}
