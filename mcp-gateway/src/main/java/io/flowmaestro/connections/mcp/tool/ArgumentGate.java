package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.arguments.ArgumentMisfit;
import io.flowmaestro.connections.arguments.Verdict;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets arguments through that fit the tool's schema, and those about which nothing can be said. */
@Singleton
class ArgumentGate {

    /** A check takes 100 ms at most. Who would have to wait for too many of them is let through. */
    private static final int MOST_WAITING = 64;

    private static final int WORKERS = 2;

    private final WorkerExecutor workers;
    private final ArgumentMetrics metrics;
    private final AtomicInteger waiting = new AtomicInteger();

    ArgumentGate(Vertx vertx, ArgumentMetrics metrics) {
        this.workers = vertx.createSharedWorkerExecutor("tool-arguments", WORKERS);
        this.metrics = metrics;
    }

    @PreDestroy
    void close() {
        var _ = workers.close();
    }

    /** Fails with 400 {@code tool-arguments-invalid} when the arguments do not fit. */
    Uni<Void> require(ToolDefinition tool, ObjectNode arguments) {
        var verdict = tool.arguments().checkInAMoment(arguments);
        if (verdict.isPresent()) {
            metrics.count(verdict.get());
            require(verdict.get());
            return Uni.createFrom().voidItem();
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            metrics.busy();
            return Uni.createFrom().voidItem();
        }
        return judged(checkOnWorker(tool, arguments));
    }

    private Uni<Void> judged(Uni<Verdict> verdict) {
        return verdict.invoke(metrics::count).invoke(ArgumentGate::require).replaceWithVoid();
    }

    private Uni<Verdict> checkOnWorker(ToolDefinition tool, ObjectNode arguments) {
        return Uni.createFrom()
                .completionStage(
                        () -> workers.executeBlocking(() -> tool.arguments().check(arguments), false)
                                .toCompletionStage())
                .onTermination()
                .invoke(waiting::decrementAndGet)
                .emitOn(CallerContext.current());
    }

    private static void require(Verdict verdict) {
        if (verdict instanceof Verdict.Misfit(var misfits)) {
            throw new ProblemException(
                            McpProblem.TOOL_ARGUMENTS_INVALID,
                            "The parameters do not fit the tool's inputSchema; see violations. The tool was not called.")
                    .with(misfits.stream().map(ArgumentGate::violation).toList());
        }
    }

    private static Violation violation(ArgumentMisfit misfit) {
        boolean root = misfit.path().isEmpty() || misfit.path().startsWith("[");
        return new Violation("parameters" + (root ? "" : ".") + misfit.path(), misfit.message());
    }
}
