package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Keeps a server that is slow or away from holding up anybody else: calls over a connection are so many at once, and rest
 * when the server cannot be reached. Both are for each connection and credential: what one user's calls run into says
 * nothing about another's, and must not stop them, even at the same address.
 */
@ApplicationScoped
class CallGuards {

    private static final double FAILURES = 0.8;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long MOST = 20_000;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallSettings settings;
    private final CallMetrics metrics;
    private final Cache<SessionKey, TypedGuard<Uni<ObjectNode>>> guards =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

    CallGuards(CallSettings settings, CallMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Makes the call; fails with 503 {@code mcp-server-resting} or 429 {@code too-many-requests} when it may not be made. */
    Uni<ObjectNode> guarded(SessionKey key, Supplier<Uni<ObjectNode>> call) {
        return Uni.createFrom()
                .deferred(() -> {
                    var hungUp = new CompletableFuture<ObjectNode>();
                    return guards.get(key, _ -> guard())
                            .get(() -> until(hungUp, call))
                            .onCancellation()
                            .invoke(() -> hungUp.cancel(false));
                })
                .onFailure()
                .transform(this::problem);
    }

    /** A guard goes on when its caller is gone; the call must not, so that its server is told. */
    private static Uni<ObjectNode> until(CompletableFuture<ObjectNode> hungUp, Supplier<Uni<ObjectNode>> call) {
        return Uni.combine()
                .any()
                .of(Uni.createFrom().completionStage(hungUp), Uni.createFrom().deferred(call::get));
    }

    private TypedGuard<Uni<ObjectNode>> guard() {
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
                .delay(settings.rest().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(metrics::breaker)
                .done()
                .build();
    }

    /** No connection, a broken one, 429 or 5xx, or no answer in time. */
    private static boolean isServerAway(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code() == McpProblem.SERVER_UNREACHABLE || problem.code() == McpProblem.SERVER_TIMEOUT);
    }

    private Throwable problem(Throwable failure) {
        return switch (failure) {
            case CircuitBreakerOpenException _ -> {
                metrics.refused("resting");
                yield new ProblemException(
                                McpProblem.SERVER_RESTING,
                                "The MCP server could not be reached for most of the last calls over this connection, so it is"
                                        + " left alone for a while. Check that it runs, and try again shortly.")
                        .retryAfter(settings.rest());
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
