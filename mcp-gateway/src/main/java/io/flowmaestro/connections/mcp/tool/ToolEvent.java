package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** What a caller hears of a call that it follows. */
sealed interface ToolEvent {

    String name();

    ObjectNode data();

    /** {@code progress}, and {@code total} and {@code message} if the server gives them. */
    record Progress(ObjectNode data) implements ToolEvent {
        @Override
        public String name() {
            return "progress";
        }
    }

    /** The last one: the same as in the JSON answer. */
    record Result(ObjectNode data) implements ToolEvent {
        @Override
        public String name() {
            return "result";
        }
    }

    /** The last one of a call that failed: what its problem would say. */
    record Failed(ObjectNode data) implements ToolEvent {
        @Override
        public String name() {
            return "error";
        }

        static Failed of(Throwable failure) {
            var problem = failure instanceof ProblemException known
                    ? known
                    : new ProblemException(
                            FrameworkProblem.INTERNAL_ERROR, "Something went wrong here. Try again later.");
            var data = McpJson.object()
                    .put("success", false)
                    .put("status", problem.code().status())
                    .put("code", problem.code().code())
                    .put("title", problem.code().title())
                    .put("detail", problem.detail());
            var violations = data.putArray("violations");
            if (problem.getParameters().get("violations") instanceof List<?> found) {
                found.stream()
                        .filter(Violation.class::isInstance)
                        .map(Violation.class::cast)
                        .forEach(one ->
                                violations.addObject().put("field", one.field()).put("message", one.message()));
            }
            if (problem.getHeaders().get(HttpHeaders.RETRY_AFTER) instanceof Number seconds) {
                data.put("retry_after", seconds.longValue());
            }
            return new Failed(data);
        }
    }
}
