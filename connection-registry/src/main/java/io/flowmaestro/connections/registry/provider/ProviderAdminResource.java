package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Catalogue entries of administrators. */
@Path("/api/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class ProviderAdminResource {

    private final ProviderAdminService providers;
    private final CurrentCaller caller;

    ProviderAdminResource(ProviderAdminService providers, CurrentCaller caller) {
        this.providers = providers;
        this.caller = caller;
    }

    /** Answer to a deletion. */
    record Deleted(String key) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<AdminProvider>>> create(@Nullable JsonNode body) {
        return providers
                .create(caller.get(), body)
                .map(made -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, Success.of(made))
                        .header("Location", "/api/providers/" + made.provider().key())
                        .build());
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<AdminProvider>> update(@RestPath String key, @Nullable JsonNode body) {
        return providers.update(caller.get(), key, body).map(Success::of);
    }

    @DELETE
    @Path("/{key}")
    public Uni<Success<Deleted>> delete(@RestPath String key) {
        return providers.delete(caller.get(), key).map(nothing -> Success.of(new Deleted(key)));
    }
}
