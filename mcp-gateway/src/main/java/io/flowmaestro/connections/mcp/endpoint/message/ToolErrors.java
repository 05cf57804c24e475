package io.flowmaestro.connections.mcp.endpoint.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arguments that do not fit a tool's schema, told as an error of the tool, which a model gets to see and can mend (2025-11-25,
 * "Tools", "Error Handling"). Unknown tools and malformed requests stay errors of the request.
 */
public final class ToolErrors {

    private static final String OURS = "parameters";

    private ToolErrors() {}

    public static boolean isOne(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == McpProblem.TOOL_ARGUMENTS_INVALID;
    }

    /** The result of the call that was not made. */
    public static ObjectNode result(Throwable misfit) {
        var text = "The arguments do not fit the tool's inputSchema, so it was not called. Change them and call it"
                + " again:\n"
                + violations(misfit).map(ToolErrors::line).collect(Collectors.joining("\n"));
        var result = McpJson.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result.put("isError", true);
    }

    private static Stream<Violation> violations(Throwable misfit) {
        return misfit instanceof ProblemException problem
                        && problem.getParameters().get("violations") instanceof List<?> violations
                ? violations.stream().filter(Violation.class::isInstance).map(Violation.class::cast)
                : Stream.empty();
    }

    /** What we call parameters is called arguments in MCP. */
    private static String line(Violation violation) {
        var field = violation.field();
        return "- " + (field.startsWith(OURS) ? "arguments" + field.substring(OURS.length()) : field) + " "
                + violation.message();
    }
}
