package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.flowmaestro.connections.usage.UsageEvent;
import io.flowmaestro.connections.usage.UsageReports;
import io.flowmaestro.connections.usage.UsageSlot;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Reports tool calls, by whom and how they ended. Neither parameters nor results are in a report. */
@Singleton
class ToolUsage {

    private final UsageReports reports;
    private final Clock clock;

    ToolUsage(UsageReports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Keeps a place for the report of a call that is about to begin.
     *
     * @throws io.flowmaestro.connections.http.ProblemException 503 when the call could not be reported
     */
    Begun begin(Caller caller, UUID connection, String tool) {
        var slot = reports.reserve();
        var event = UsageEvent.of(caller, connection, "tool_called", clock.instant(), Map.of("tool", tool));
        return new Begun(slot, event, new AtomicBoolean());
    }

    /**
     * A call whose end has to be told, in each way that it can end.
     *
     * @param decided whether it is known that the call is made, or that it is not
     */
    record Begun(UsageSlot slot, UsageEvent event, AtomicBoolean decided) {

        /**
         * Makes the call once its connection is open, unless its caller has left by then: what is made is told, and what is not made
         * keeps no place. A caller who leaves later ends the wait, not necessarily the call.
         *
         * @param call puts a call together, and never throws
         */
        <C> Uni<ObjectNode> over(Uni<C> opening, Function<C, Uni<ObjectNode>> call) {
            return opening.onTermination()
                    .invoke((open, _, _) -> {
                        if (open == null && decide()) {
                            slot.release();
                        }
                    })
                    .chain(open ->
                            decide() ? told(call.apply(open)) : Uni.createFrom().nothing());
        }

        /** Says whether this was the one to decide: somebody may leave on one thread while the connection opens on another. */
        private boolean decide() {
            return decided.compareAndSet(false, true);
        }

        /** Without a result and without a failure nobody waits for it any more. */
        private Uni<ObjectNode> told(Uni<ObjectNode> call) {
            return call.onTermination().invoke((result, failure, _) -> {
                if (result != null) {
                    ended(result.path("isError").asBoolean() ? "tool_error" : "ok");
                } else if (failure != null) {
                    endedWith(failure);
                } else {
                    failed();
                }
            });
        }

        /** What the owner's policy refuses is told; what never was a call because of us or of the caller is no use. */
        private void endedWith(Throwable failure) {
            switch (failure instanceof ProblemException problem ? problem.code() : null) {
                case McpProblem.TOOL_NOT_ALLOWED, McpProblem.TOOL_CHANGED -> ended("refused");
                case McpProblem.TOOL_ARGUMENTS_INVALID,
                        McpProblem.HEADER_MISMATCH,
                        McpProblem.SERVER_RESTING,
                        McpProblem.TOO_MANY_REQUESTS -> slot.release();
                case null, default -> failed();
            }
        }

        /** Without a result: the server may have run the tool all the same. */
        private void failed() {
            ended("failed");
        }

        private void ended(String outcome) {
            slot.fill(event.with("outcome", outcome));
        }
    }
}
