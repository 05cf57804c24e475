package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.core.Stoppable;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Keeps a server that is slow or away from holding up anybody else: calls over a connection are so many at once, and rest
 * when the server cannot be reached. Both are for each connection and credential: what one user's calls run into says
 * nothing about another's, and must not stop them, even at the same address.
 */
@Singleton
class CallGuards {

    private static final double FAILURES = 0.8;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long MOST = 20_000;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<McpProblem> AWAY =
            Set.of(McpProblem.SERVER_UNREACHABLE, McpProblem.SERVER_TIMEOUT, McpProblem.SERVER_FAILING);

    private final CallSettings settings;
    private final CallMetrics metrics;
    private final RandomGenerator random;
    private final Pauses pauses;
    private final Cache<SessionKey, Guard> guards = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .build();

    CallGuards(CallSettings settings, CallMetrics metrics, RandomGenerator random, Pauses pauses) {
        this.settings = settings;
        this.metrics = metrics;
        this.random = random;
        this.pauses = pauses;
    }

    /**
     * One connection's guard.
     *
     * @param rest of each guard's own length, so that servers that went away together are not tried together
     */
    private record Guard(TypedGuard<Uni<ObjectNode>> calls, Duration rest) {}

    /**
     * Makes the call; fails with 503 {@code mcp-server-resting} or 429 {@code too-many-requests} when it may not be made.
     */
    Uni<ObjectNode> guarded(SessionKey key, Supplier<Uni<ObjectNode>> call) {
        return Uni.createFrom().deferred(() -> {
            pauses.require(key);
            var guard = guards.get(key, _ -> guard());
            // A guard goes on when its caller is gone; the call must not, so that its server is told.
            var stoppable = new Stoppable();
            return guard.calls()
                    .get(() -> stoppable.run(call))
                    .onCancellation()
                    .invoke(() -> stoppable.stop(new CancellationException()))
                    .onFailure()
                    .transform(failure -> {
                        pauses.heed(key, failure);
                        return problem(failure, guard.rest());
                    });
        });
    }

    private Guard guard() {
        var rest = Duration.ofMillis(
                random.nextLong(settings.rest().toMillis(), settings.rest().toMillis() * 3 / 2 + 1));
        return new Guard(calls(rest), rest);
    }

    private TypedGuard<Uni<ObjectNode>> calls(Duration rest) {
        return TypedGuard.create(new TypeLiteral<Uni<ObjectNode>>() {})
                .withDescription("mcp-tool-calls")
                .withThreadOffload(false)
                .withBulkhead()
                .limit(settings.atOnce())
                .queueSize(settings.waiting())
                .done()
                .withCircuitBreaker()
                .when(CallGuards::isServerAway)
                .requestVolumeThreshold(settings.watched())
                .failureRatio(FAILURES)
                .delay(rest.toMillis(), ChronoUnit.MILLIS)
                .onStateChange(metrics::breaker)
                .done()
                .build();
    }

    /** No connection, a broken one, 5xx, or no answer in time. One that answers 429 is there, and says itself when to come back. */
    private static boolean isServerAway(Throwable failure) {
        return failure instanceof ProblemException problem
                && problem.code() instanceof McpProblem code
                && AWAY.contains(code);
    }

    private Throwable problem(Throwable failure, Duration rest) {
        return switch (failure) {
            case CircuitBreakerOpenException _ -> {
                metrics.refused("resting");
                yield new ProblemException(
                                McpProblem.SERVER_RESTING,
                                "The MCP server could not be reached, or failed, for most of the last calls over this connection, so it is"
                                        + " left alone for a while. Check that it runs, and try again shortly.")
                        .retryAfter(rest);
            }
            case BulkheadException _ -> {
                metrics.refused("busy");
                yield new ProblemException(
                                McpProblem.TOO_MANY_REQUESTS,
                                "Too many calls over this connection are under way. Wait for some of them to end.")
                        .retryAfter(SOON);
            }
            default -> failure;
        };
    }
}
