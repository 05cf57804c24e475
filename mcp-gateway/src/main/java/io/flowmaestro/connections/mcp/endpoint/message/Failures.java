package io.flowmaestro.connections.mcp.endpoint.message;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.client.ServerError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What a client is told about a failure: a server's own error as it is, and a problem of ours in its own words. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int SERVERS_OWN = 200;

    private Failures() {}

    public static RpcError of(Throwable failure) {
        return switch (failure) {
            case RpcError known -> known;
            case ServerError server -> new RpcError(SERVERS_OWN, server.error());
            case ProblemException problem -> of(problem);
            default -> unexpected(failure);
        };
    }

    /** The message alone. */
    public static String words(Throwable failure) {
        return of(failure).error().path("message").asText();
    }

    private static RpcError of(ProblemException problem) {
        var error = McpJson.object().put("code", code(problem)).put("message", problem.detail() + violations(problem));
        var data = error.putObject("data").put("code", problem.code().code());
        if (problem.getParameters().get("scopes") instanceof List<?> scopes) {
            var missing = data.putArray("scopes");
            scopes.forEach(scope -> missing.add(String.valueOf(scope)));
        }
        return new RpcError(status(problem), error);
    }

    private static int code(ProblemException problem) {
        if (problem.code() == McpProblem.HEADER_MISMATCH) {
            return RpcError.HEADER_MISMATCH;
        }
        return switch (problem.code().status()) {
            case 400, 422 -> RpcError.INVALID_PARAMS;
            case 500 -> RpcError.INTERNAL_ERROR;
            default -> RpcError.REFUSED;
        };
    }

    /** What concerns the endpoint itself is told by HTTP as well; all else is the outcome of one call. */
    private static int status(ProblemException problem) {
        return switch (problem.code().code()) {
            case "connection-not-found", "mcp-header-mismatch", "service-unavailable", "usage-buffer-full" ->
                problem.code().status();
            default -> 200;
        };
    }

    private static String violations(ProblemException problem) {
        return problem.getParameters().get("violations") instanceof List<?> violations && !violations.isEmpty()
                ? violations.stream()
                        .filter(Violation.class::isInstance)
                        .map(Violation.class::cast)
                        .map(violation -> violation.field() + " " + violation.message())
                        .collect(Collectors.joining("; ", " (", ")"))
                : "";
    }

    private static RpcError unexpected(Throwable failure) {
        LOG.error("A request of an MCP client failed", failure);
        return RpcError.of(200, RpcError.INTERNAL_ERROR, "Something went wrong here. Try again later.");
    }
}
