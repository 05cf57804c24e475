package io.flowmaestro.connections.mcp.era;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Digests;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What was found at which address. By address rather than by origin: bridges serve one era at {@code /sse} and another at
 * {@code /mcp}. An address may hold a secret, so only its digest is kept.
 */
@ApplicationScoped
class Verdicts {

    private final Cache<String, Era> eras;

    Verdicts(ClientSettings settings) {
        this.eras = Caffeine.newBuilder()
                .maximumSize(settings.mostEras())
                .expireAfterWrite(settings.eraHolds())
                .build();
    }

    Optional<Era> of(McpServer server) {
        return Optional.ofNullable(eras.getIfPresent(digest(server)));
    }

    void remember(McpServer server, Era era) {
        eras.put(digest(server), era);
    }

    void forget(McpServer server) {
        eras.invalidate(digest(server));
    }

    private static String digest(McpServer server) {
        return Digests.sha256(server.url());
    }
}
