package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.provider.McpProvider;
import io.flowmaestro.connections.mcp.provider.McpProviders;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Asks the registry each time, which answers 304 while nothing has changed. */
@ApplicationScoped
class RegistryProviders implements McpProviders {

    private static final int NOT_MODIFIED = 304;

    private record Known(@Nullable String etag, List<McpProvider> providers) {}

    private final RegistryClient registry;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(null, List.of()));

    RegistryProviders(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<List<McpProvider>> all() {
        var before = known.get();
        return Detached.call(registry.providers(before.etag()))
                .map(answer -> providers(answer, before))
                .onFailure()
                .transform(RegistryFailures::of);
    }

    private List<McpProvider> providers(RestResponse<ProvidersAnswer> answer, Known before) {
        if (answer.getStatus() == NOT_MODIFIED) {
            return before.providers();
        }
        var providers = answer.getEntity().mcpProviders();
        known.set(new Known(answer.getHeaderString(HttpHeaders.ETAG), providers));
        return providers;
    }
}
