package io.flowmaestro.connections.mcp.client;

import static io.flowmaestro.connections.mcp.problem.McpProblem.INPUT_REQUIRED;
import static io.flowmaestro.connections.mcp.problem.McpProblem.PROTOCOL_ERROR;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SCOPE_INSUFFICIENT;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_BUSY;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_ERROR;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_FAILING;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_FORBIDDEN;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_TIMEOUT;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_UNAUTHORIZED;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_UNREACHABLE;
import static io.flowmaestro.connections.mcp.problem.McpProblem.SERVER_URL_NOT_ALLOWED;
import static io.flowmaestro.connections.mcp.problem.McpProblem.TOOL_NOT_FOUND;
import static io.flowmaestro.connections.mcp.problem.McpProblem.TOOL_PARAMETERS_REFUSED;
import static io.flowmaestro.connections.mcp.problem.McpProblem.TOO_MANY_REQUESTS;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import java.time.Duration;
import java.util.Optional;

/** What the caller is told about an MCP server's failure: our words and the server's numbers, none of its text. */
final class UpstreamProblems {

    private static final int UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(1);

    private UpstreamProblems() {}

    static Throwable of(Throwable failure) {
        return failure instanceof McpFailure known ? of(known.reason()) : failure;
    }

    private static ProblemException of(Reason reason) {
        return switch (reason) {
            case Reason.UrlRefused(var message) -> new ProblemException(SERVER_URL_NOT_ALLOWED, message);
            case Reason.HostForbidden(var message) -> new ProblemException(SERVER_FORBIDDEN, message);
            case Reason.Unreachable(var what) ->
                new ProblemException(
                        SERVER_UNREACHABLE,
                        "The MCP server cannot be reached: " + what + ". Check server_url, and that the server runs.");
            case Reason.FullOfOwnCalls() ->
                new ProblemException(
                        TOO_MANY_REQUESTS,
                        "This user's own calls to the MCP server's host take all the places that one user may have there."
                                + " Wait for some of them to end, then try again.");
            case Reason.TimedOut() ->
                new ProblemException(
                        SERVER_TIMEOUT,
                        "The MCP server did not answer within the connection's timeout."
                                + " Try again, or raise the timeout in the connection.");
            case Reason.Unauthorized(int status) ->
                new ProblemException(
                        SERVER_UNAUTHORIZED,
                        "The MCP server refused the credential with status " + status
                                + ". Check auth_type and the credential, and reconnect: GET /api/oauth/mcp/authorize where it was connected by signing in.");
            case Reason.ScopesMissing(var scopes) ->
                new ProblemException(
                                SCOPE_INSUFFICIENT,
                                "The MCP server wants scopes that the connection's token does not have: "
                                        + String.join(" ", scopes)
                                        + ". Sign in again with them, which keeps those that it has:"
                                        + " GET /api/oauth/mcp/authorize with connection_id and scopes.")
                        .with("scopes", scopes);
            case Reason.Protocol(var what) ->
                new ProblemException(
                        PROTOCOL_ERROR,
                        "The MCP server does not keep to the protocol: " + what
                                + ". Check that server_url is the server's MCP endpoint.");
            case Reason.NoEndpoint(int status) ->
                of(new Reason.Protocol(
                        "there is no MCP endpoint at this address, which answers with status " + status));
            case Reason.OtherEra() -> of(new Reason.Protocol("it speaks no protocol revision that is supported here"));
            case Reason.Busy(var retryAfter) ->
                new ProblemException(
                                SERVER_BUSY,
                                "The MCP server takes no more requests right now (status 429), and has not carried this"
                                        + " one out. Wait, then try again.")
                        .retryAfter(retryAfter.orElse(SOON));
            case Reason.ServerBroken(int status, var retryAfter) -> failing(status, retryAfter);
            case Reason.InputRequired(var method) ->
                new ProblemException(
                        INPUT_REQUIRED,
                        "The tool wants to ask something in between (" + method
                                + "), and this way of calling it has nobody to ask."
                                + " Give it everything in its parameters, or use another tool.");
            case Reason.Rejected rejected ->
                new ProblemException(
                        SERVER_ERROR,
                        "The MCP server answered with JSON-RPC error " + rejected.code() + ". Its own log says more.");
            case Reason.ParametersRefused() ->
                new ProblemException(
                        TOOL_PARAMETERS_REFUSED,
                        "The MCP server refused the parameters (JSON-RPC error -32602)."
                                + " Compare them with the tool's parameters.");
            case Reason.SessionLost() ->
                new ProblemException(
                        PROTOCOL_ERROR, "The MCP server forgets its sessions as soon as it has opened them.");
            case Reason.NothingTold() -> of(new Reason.Protocol("it tells of no changes"));
            case Reason.ToolMissing(var tool) ->
                new ProblemException(
                        TOOL_NOT_FOUND,
                        "The MCP server offers no tool named " + tool
                                + ". POST /api/connections/{id}/refresh-tools shows what it offers now.");
        };
    }

    /** Only a 503 says that the request was not carried out. */
    private static ProblemException failing(int status, Optional<Duration> retryAfter) {
        var problem = new ProblemException(
                SERVER_FAILING,
                "The MCP server is there and fails: it answers with status " + status
                        + (status == UNAVAILABLE ? ", and has not carried the request out" : "")
                        + ". Its own log says more. Try again later.");
        return retryAfter.map(problem::retryAfter).orElse(problem);
    }
}
