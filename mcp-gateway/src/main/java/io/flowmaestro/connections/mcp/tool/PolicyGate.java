package io.flowmaestro.connections.mcp.tool;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.problem.McpProblem;

/** Holds calls to what the owner of the connection has decided about its tools. */
final class PolicyGate {

    private static final String WHO =
            " The connection's owner can change that: GET /api/connections/{id}/tools shows the tools,"
                    + " PUT /api/connections/{id}/tools/policy decides.";

    private PolicyGate() {}

    /** @throws ProblemException 403 {@code tool-not-allowed} */
    static void requireAllowed(McpConnection open, String tool) {
        if (!open.toolPolicy().allows(tool)) {
            throw new ProblemException(
                    McpProblem.TOOL_NOT_ALLOWED,
                    "The tool " + tool + " is not among those that may be called over this connection." + WHO);
        }
    }

    /** @throws ProblemException 409 {@code tool-changed} */
    static void requireApproved(McpConnection open, String tool, ToolDefinition definition) {
        if (!open.toolPolicy().approves(tool, definition.hash())) {
            var known = open.toolPolicy().approved().containsKey(tool);
            throw new ProblemException(
                    McpProblem.TOOL_CHANGED,
                    (known
                                    ? "The server has changed the definition of the tool " + tool
                                            + " since it was approved,"
                                    : "The tool " + tool + " was never approved,")
                            + " and this connection needs approval before a call." + WHO);
        }
    }

    /** 404 {@code tool-not-found}: a tool that cannot be seen cannot be found approved either. */
    static ProblemException notListed(String tool) {
        return new ProblemException(
                McpProblem.TOOL_NOT_FOUND,
                "The MCP server offers no tool named " + tool
                        + ". POST /api/connections/{id}/refresh-tools shows what it offers now.");
    }

    /** 409 {@code tool-changed} */
    static ProblemException offeredToSome(String tool) {
        return new ProblemException(
                McpProblem.TOOL_CHANGED,
                "The tool " + tool + " was never approved, and this connection needs approval before a call. Its server"
                        + " offers it only to clients that it can ask things, so it is not among the tools that can be"
                        + " approved." + WHO);
    }
}
