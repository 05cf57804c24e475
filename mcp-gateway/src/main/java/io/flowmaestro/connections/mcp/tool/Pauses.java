package io.flowmaestro.connections.mcp.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;

/**
 * Connections whose servers have asked for a pause (429 with Retry-After): until it is over nothing is sent over them. As
 * all guards, it is for each connection and credential, and for this replica.
 */
@Singleton
class Pauses {

    private static final long MOST = 20_000;

    private final Duration longest;
    private final CallMetrics metrics;
    private final Cache<SessionKey, Long> until;

    Pauses(CallSettings settings, CallMetrics metrics) {
        this.longest = settings.longestPause();
        this.metrics = metrics;
        this.until = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(longest)
                .executor(Runnable::run)
                .build();
    }

    /** @throws ProblemException 429 {@code too-many-requests} with what is left of the pause */
    void require(SessionKey key) {
        var end = until.getIfPresent(key);
        long left = end == null ? 0 : end - System.nanoTime();
        if (left > 0) {
            metrics.refused("paused");
            throw new ProblemException(
                            McpProblem.TOO_MANY_REQUESTS,
                            "The MCP server takes no more requests for now, and has said when it does again. The tool was"
                                    + " not called; try again then.")
                    .retryAfter(Duration.ofNanos(left));
        }
    }

    /** Takes note of a server that asks for a pause. */
    void heed(SessionKey key, Throwable failure) {
        if (failure instanceof ProblemException problem
                && problem.code() == McpProblem.SERVER_BUSY
                && problem.getHeaders().get(HttpHeaders.RETRY_AFTER) instanceof Number seconds) {
            var wanted = Duration.ofSeconds(seconds.longValue());
            var pause = wanted.compareTo(longest) < 0 ? wanted : longest;
            until.put(key, System.nanoTime() + pause.toNanos());
        }
    }
}
