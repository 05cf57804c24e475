package io.flowmaestro.connections.mcp.provider;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/api/connections/mcp/providers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class McpProviderResource {

    private final McpProviders providers;
    private final ServerUrls urls;

    McpProviderResource(McpProviders providers, ServerUrls urls) {
        this.providers = providers;
        this.urls = urls;
    }

    @GET
    public Uni<Success<List<McpProviderView>>> list() {
        return providers
                .all()
                .map(all -> Success.of(all.stream().map(this::view).toList()));
    }

    private McpProviderView view(McpProvider provider) {
        return new McpProviderView(
                provider.key(), provider.name(), urls.of(provider), provider.authType(), provider.category());
    }
}
