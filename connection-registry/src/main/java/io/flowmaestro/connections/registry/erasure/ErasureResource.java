package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.listing.QueryFields;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.provider.ClientRecords;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Erasing users, for operators. */
@Path("/api/users/{userId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class ErasureResource {

    private static final String OWN =
            "must be a user's: this one is the suite's own, and with its keys the secrets of all OAuth clients would be lost";

    private final ErasureService erasures;
    private final CurrentCaller caller;

    ErasureResource(ErasureService erasures, CurrentCaller caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    /** 200 with the receipt, or 202 while a service is still to be asked. */
    @DELETE
    public Uni<RestResponse<Success<Erasure>>> erase(@RestPath String userId) {
        return erasures.erase(id(userId), caller.get().actor())
                .map(erasure -> RestResponse.status(
                        erasure.finishedAt() == null ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK,
                        Success.of(erasure)));
    }

    @GET
    @Path("/erasure")
    public Uni<Success<Erasure>> state(@RestPath String userId) {
        return erasures.state(id(userId)).map(Success::of);
    }

    private static UUID id(String text) {
        QueryFields fields = new QueryFields();
        UUID id = fields.uuid("id", text);
        fields.finish();
        if (id == null || id.equals(ClientRecords.KEY_SCOPE)) {
            throw RegistryProblem.invalid(List.of(new Violation("id", id == null ? "must be a UUID" : OWN)));
        }
        return id;
    }
}
