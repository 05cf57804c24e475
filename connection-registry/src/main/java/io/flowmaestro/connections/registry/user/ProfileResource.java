package io.flowmaestro.connections.registry.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's own profile. Reading it keeps the address up to date with the token. */
@Path("/api/users/me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class ProfileResource {

    private final Profiles profiles;
    private final CurrentCaller caller;

    ProfileResource(Profiles profiles, CurrentCaller caller) {
        this.profiles = profiles;
        this.caller = caller;
    }

    @GET
    public Uni<Success<Profile>> get() {
        return profiles.save(caller.get().subject(), caller.email(), null).map(Success::of);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<Profile>> update(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        fields.optionalBoolean("notifications");
        JsonNode wish = fields.node("notifications");
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        Boolean notifications = wish == null ? null : wish.booleanValue();
        return profiles.save(caller.get().subject(), caller.email(), notifications)
                .map(Success::of);
    }
}
