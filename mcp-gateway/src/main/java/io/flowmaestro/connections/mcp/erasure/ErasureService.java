package io.flowmaestro.connections.mcp.erasure;

import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.client.LeftSession;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.usage.UsageReports;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Removes what this replica holds of a user. Nothing of it is durable: sessions with MCP servers, and usage that waits. */
@ApplicationScoped
class ErasureService {

    private static final Duration CLOSING = Duration.ofSeconds(3);
    private static final int AT_ONCE = 8;

    private final McpClient client;
    private final McpConnections connections;
    private final UsageReports usage;

    ErasureService(McpClient client, McpConnections connections, UsageReports usage) {
        this.client = client;
        this.connections = connections;
        this.usage = usage;
    }

    Uni<ErasureView.Removed> erase(UUID user) {
        return Uni.createFrom().deferred(() -> {
            var left = client.forget(user);
            return usage.forget(user)
                    .emitOn(CallerContext.current())
                    .call(() -> close(user, left))
                    .map(events -> new ErasureView.Removed(left.size(), events))
                    .emitOn(CallerContext.current());
        });
    }

    /**
     * Best effort: a session holds no credential, so each server can only be told while the registry still gives the
     * connection out. A session that nobody ended is dropped by its server in time.
     */
    private Uni<Void> close(UUID user, List<LeftSession> left) {
        return Multi.createFrom()
                .iterable(left)
                .onItem()
                .transformToUni(session -> close(user, session))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid()
                .ifNoItem()
                .after(CLOSING)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    /** Not with another credential than the session's: that may be for another server. */
    private Uni<Void> close(UUID user, LeftSession session) {
        return connections
                .openForTest(user, session.key().connection())
                .chain(open -> open.session().equals(session.key())
                        ? session.close(open.server())
                        : Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithNull();
    }
}
