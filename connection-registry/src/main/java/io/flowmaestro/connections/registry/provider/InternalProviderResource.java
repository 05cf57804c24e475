package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.identity.Userless;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The whole catalogue for the suite's other services, which keep it by entity tag. */
@NonBlocking
@Path("/internal/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalProviderResource {

    private final Providers providers;

    InternalProviderResource(Providers providers) {
        this.providers = providers;
    }

    @GET
    @Userless
    public RestResponse<Success<List<Provider>>> list(@HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        var catalog = providers.current();
        return Tagged.answer(catalog.all(), catalog.etag(), Tagged.INTERNAL, ifNoneMatch);
    }

    @GET
    @Path("/{key}")
    @Userless
    public RestResponse<Success<Provider>> get(
            @RestPath String key, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return Tagged.answer(ProviderResource.require(providers, key), Tagged.INTERNAL, ifNoneMatch);
    }
}
