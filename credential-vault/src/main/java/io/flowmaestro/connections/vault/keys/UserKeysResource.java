package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.keyring.UserKeys;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** One user's data key. */
@Path("/internal/users/{user}/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.SERVICE})
class UserKeysResource {

    private final KeyOperator operator;
    private final UserKeysService service;

    UserKeysResource(KeyOperator operator, UserKeysService service) {
        this.operator = operator;
        this.service = service;
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    public Uni<Success<UserKeys>> show(@RestPath UUID user) {
        operator.require(KeyOperation.SHOW, user);
        return service.show(user).map(Success::of);
    }

    @POST
    @Path("/rotate")
    public Uni<Success<UserKeys>> rotate(@RestPath UUID user) {
        var caller = operator.require(KeyOperation.ROTATE, user);
        return service.rotate(caller, user).map(Success::of);
    }

    @PUT
    @Path("/minimum-version")
    @RolesAllowed(Roles.ADMIN)
    public Uni<Success<UserKeys>> setMinimumVersion(@RestPath UUID user, @Nullable MinimumVersionRequest body) {
        var caller = operator.require(KeyOperation.SET_MINIMUM_VERSION, user);
        var version = body == null ? null : body.minimumVersion();
        if (version == null || version < 1) {
            var message = "must be a version, 1 or above";
            throw new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The field minimum_version " + message + ".")
                    .with(List.of(new Violation("minimum_version", message)));
        }
        return service.setMinimumVersion(caller, user, version).map(Success::of);
    }
}
