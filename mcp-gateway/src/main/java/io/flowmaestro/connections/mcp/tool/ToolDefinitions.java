package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.arguments.ArgumentChecks;
import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.client.ToolLists;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What servers say about their tools, kept as their sessions are: for each connection and credential. Whatever reads a list
 * here, for whatever purpose, says the same to the next call.
 */
// What Caffeine makes of it; Quarkus names the most usual ones to GraalVM, and not these.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.SSMWA"})
@ApplicationScoped
class ToolDefinitions implements ToolLists {

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
                .invoke(tools -> keep(open.session(), tools));
    }

    @Override
    public void read(SessionKey session, List<ObjectNode> tools, long began) {
        keep(session, ListedTools.of(tools, checks, began));
    }

    private void keep(SessionKey session, ListedTools tools) {
        lists.asMap().merge(session, tools, (kept, now) -> now.isOlderThan(kept.seen()) ? kept : now);
    }

    /**
     * Takes note of a page that a client has just been given. Where it says other than what is known, the list is read before
     * the next call: the page alone is neither the whole list, nor necessarily what all clients are offered.
     *
     * @param hashes of the definitions, by name
     * @param began {@link System#nanoTime()} when the page was asked for
     */
    void met(SessionKey session, Map<String, String> hashes, long began) {
        lists.asMap()
                .computeIfPresent(
                        session,
                        (_, known) -> known.isOlderThan(began) && !agrees(known, hashes)
                                ? ListedTools.outdated(began)
                                : known);
    }

    private static boolean agrees(ListedTools known, Map<String, String> hashes) {
        return hashes.entrySet().stream().allMatch(tool -> known.has(tool.getKey(), tool.getValue()));
    }
}
