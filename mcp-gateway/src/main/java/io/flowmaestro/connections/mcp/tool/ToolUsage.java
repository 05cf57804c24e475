package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.flowmaestro.connections.usage.UsageEvent;
import io.flowmaestro.connections.usage.UsageReports;
import io.flowmaestro.connections.usage.UsageSlot;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        return new Begun(slot, event);
    }

    /** A call whose end has to be told, in each way that it can end. */
    record Begun(UsageSlot slot, UsageEvent event) {

        /** With neither, nobody waits for it any more. */
        void ended(@Nullable ObjectNode result, @Nullable Throwable failure) {
            if (result != null) {
                answered(result);
            } else if (failure != null) {
                endedWith(failure);
            } else {
                failed();
            }
        }

        private void answered(ObjectNode result) {
            ended(result.path("isError").asBoolean() ? "tool_error" : "ok");
        }

        /** Without a result: the server may have run the tool all the same. */
        private void failed() {
            ended("failed");
        }

        /** What the owner's policy refuses is told; what never was a call because of us or of the caller is no use. */
        private void endedWith(Throwable failure) {
            switch (failure instanceof ProblemException problem ? problem.code() : null) {
                case McpProblem.TOOL_NOT_ALLOWED, McpProblem.TOOL_CHANGED -> ended("refused");
                case McpProblem.TOOL_ARGUMENTS_INVALID,
                        McpProblem.HEADER_MISMATCH,
                        McpProblem.SERVER_RESTING,
                        McpProblem.TOO_MANY_REQUESTS -> neverMade();
                case null, default -> failed();
            }
        }

        /** The server was not called. */
        void neverMade() {
            slot.release();
        }

        private void ended(String outcome) {
            slot.fill(event.with("outcome", outcome));
        }
    }
}
