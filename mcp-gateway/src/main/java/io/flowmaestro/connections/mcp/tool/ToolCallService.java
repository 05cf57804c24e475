package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnections;
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

    ToolCallService(McpConnections connections, McpClient client) {
        this.connections = connections;
        this.client = client;
    }

    /** Never repeated by us: whether a tool call may run twice is the tool's secret. */
    Uni<ObjectNode> call(UUID user, UUID connection, @Nullable String tool, @Nullable ObjectNode parameters) {
        if (tool == null || tool.isBlank() || tool.length() > LONGEST_NAME) {
            return Uni.createFrom().failure(invalidName());
        }
        var arguments = Objects.requireNonNullElseGet(parameters, JsonNodeFactory.instance::objectNode);
        return connections
                .open(user, connection)
                .chain(open -> client.callTool(open.session(), open.server(), tool, arguments))
                .map(ToolResult::of);
    }

    private static ProblemException invalidName() {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "Name the tool to call.")
                .with(List.of(new Violation("tool", "must be 1 to " + LONGEST_NAME + " characters")));
    }
}
