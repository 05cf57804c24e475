package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class ToolCallService {

    private static final int LONGEST_NAME = 256;

    private final McpConnections connections;
    private final McpClient client;
    private final ToolUsage usage;

    ToolCallService(McpConnections connections, McpClient client, ToolUsage usage) {
        this.connections = connections;
        this.client = client;
        this.usage = usage;
    }

    /** Never repeated by us: whether a tool call may run twice is the tool's secret. */
    Uni<ObjectNode> call(Caller caller, UUID connection, @Nullable String tool, @Nullable ObjectNode parameters) {
        if (tool == null || !isName(tool)) {
            return Uni.createFrom().failure(invalidName());
        }
        var arguments = Objects.requireNonNullElseGet(parameters, JsonNodeFactory.instance::objectNode);
        if (McpJson.isDeeperThan(McpJson.DEEPEST, arguments)) {
            return Uni.createFrom().failure(tooDeep());
        }
        return Uni.createFrom()
                .item(() -> usage.begin(caller, connection, tool))
                .chain(begun -> open(caller, connection, begun).chain(open -> call(open, tool, arguments, begun)))
                .map(ToolResult::of);
    }

    private Uni<McpConnection> open(Caller caller, UUID connection, ToolUsage.Begun begun) {
        return connections
                .open(caller.subject(), connection)
                .onFailure()
                .invoke(begun::neverMade)
                .onCancellation()
                .invoke(begun::neverMade);
    }

    /** A caller that hangs up ends the wait, not necessarily the call. */
    private Uni<ObjectNode> call(McpConnection open, String tool, ObjectNode arguments, ToolUsage.Begun begun) {
        return client.callTool(open.session(), open.server(), tool, arguments)
                .invoke(begun::answered)
                .onFailure()
                .invoke(begun::failed)
                .onCancellation()
                .invoke(begun::failed);
    }

    /** Names without a visible form are no tool's, and cannot be stored in a report. */
    private static boolean isName(String tool) {
        return !tool.isBlank()
                && tool.length() <= LONGEST_NAME
                && tool.codePoints().noneMatch(ToolCallService::isUnprintable);
    }

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static ProblemException invalidName() {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "Name the tool to call.")
                .with(List.of(new Violation(
                        "tool", "must be 1 to " + LONGEST_NAME + " characters, none of them a control character")));
    }

    private static ProblemException tooDeep() {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The parameters are nested too deeply.")
                .with(List.of(new Violation(
                        "parameters", "must have at most " + McpJson.DEEPEST + " levels of objects and arrays")));
    }
}
