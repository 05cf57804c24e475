package io.flowmaestro.connections.mcp.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.arguments.ArgumentChecks;
import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** What servers say about their tools, kept as their sessions are: for each connection and credential. */
// What Caffeine makes of it; Quarkus names the most usual ones to GraalVM, and not these.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.SSMWA"})
@ApplicationScoped
class ToolDefinitions {

    private static final Duration IDLE = Duration.ofMinutes(10);
    /** Characters of definitions, all connections together. */
    private static final long MOST_KEPT = 64L * 1024 * 1024;

    private final McpClient client;
    private final ArgumentChecks checks = new ArgumentChecks();
    private final Flights<SessionKey, ListedTools> looks = new Flights<>();
    private final Cache<SessionKey, ListedTools> lists = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .weigher((SessionKey _, ListedTools tools) -> 1_000 + tools.size())
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .build();

    ToolDefinitions(McpClient client) {
        this.client = client;
    }

    /** The server's tools, asked for unless that was done within the time. Fails with what the caller may be told. */
    Uni<ListedTools> of(McpConnection open, Duration within) {
        var known = lists.getIfPresent(open.session());
        return known != null && known.isYoungerThan(within)
                ? Uni.createFrom().item(known)
                : looks.join(open.session(), () -> look(open));
    }

    private Uni<ListedTools> look(McpConnection open) {
        long began = System.nanoTime();
        return client.discover(open.session(), open.server())
                .map(found -> ListedTools.of(found.tools(), checks, began))
                .invoke(tools -> lists.put(open.session(), tools));
    }
}
