package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.mcp.connection.TestsBeforeUse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@ApplicationScoped
class RegistryTests implements TestsBeforeUse {

    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final RegistryTestClient registry;

    RegistryTests(@RestClient RegistryTestClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<Standing> testIfDue(UUID user, UUID connection) {
        return registry.testIfDue(user, connection)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(TestAnswer::standing);
    }
}
