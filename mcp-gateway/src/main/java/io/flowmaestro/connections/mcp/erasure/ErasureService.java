package io.flowmaestro.connections.mcp.erasure;

import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.ending.Farewells;
import io.flowmaestro.connections.usage.UsageReports;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Removes what this replica holds of a user. Nothing of it is durable: sessions with MCP servers, and usage that waits. */
@ApplicationScoped
class ErasureService {

    private final McpClient client;
    private final Farewells farewells;
    private final UsageReports usage;

    ErasureService(McpClient client, Farewells farewells, UsageReports usage) {
        this.client = client;
        this.farewells = farewells;
        this.usage = usage;
    }

    Uni<ErasureView.Removed> erase(UUID user) {
        return Uni.createFrom().deferred(() -> {
            var left = client.forget(key -> key.user().equals(user));
            return usage.forget(user)
                    .emitOn(CallerContext.current())
                    .call(() -> farewells.say(left))
                    .map(events -> new ErasureView.Removed(left.size(), events))
                    .emitOn(CallerContext.current());
        });
    }
}
