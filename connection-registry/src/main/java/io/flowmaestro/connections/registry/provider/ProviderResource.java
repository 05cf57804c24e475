package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderCatalog;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The catalogue for people and their tools. It holds no secrets. */
@NonBlocking
@Path("/api/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.USER, Roles.ADMIN, Roles.WORKER})
class ProviderResource {

    private final Providers providers;

    ProviderResource(Providers providers) {
        this.providers = providers;
    }

    @GET
    public RestResponse<Success<List<ProviderSummary>>> list(
            @QueryParam("category") @Nullable String category,
            @QueryParam("method") @Nullable String method,
            @QueryParam("q") @Nullable String q,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        ProviderFilter filter = ProviderFilter.read(category, method, q);
        ProviderCatalog catalog = providers.current();
        OAuthClients clients = providers.clients();
        List<ProviderSummary> found = catalog.all().stream()
                .filter(filter::matches)
                .map(provider -> ProviderSummary.of(provider, clients))
                .toList();
        return Tagged.answer(found, Tagged.PUBLIC, ifNoneMatch);
    }

    @GET
    @Path("/{key}")
    public RestResponse<Success<Provider>> get(
            @RestPath String key, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return Tagged.answer(require(providers, key), Tagged.PUBLIC, ifNoneMatch);
    }

    static Provider require(Providers providers, String key) {
        return providers
                .find(key)
                .orElseThrow(() -> new ProblemException(
                        RegistryProblem.PROVIDER_NOT_FOUND,
                        "There is no provider with this key. List the known ones with GET /api/providers."));
    }
}
