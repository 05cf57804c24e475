package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.core.Listener;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tool calls for those who do not speak MCP. */
@Singleton
class ToolCallService {

    private final ToolCalls calls;
    private final McpClient client;

    ToolCallService(ToolCalls calls, McpClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The same for a caller who wants to hear of progress. */
    Multi<ToolEvent> follow(Caller caller, UUID connection, String tool, @Nullable ObjectNode parameters) {
        return FollowedCall.of(listener -> call(caller, connection, tool, parameters, listener));
    }

    Uni<ObjectNode> call(Caller caller, UUID connection, @Nullable String tool, @Nullable ObjectNode parameters) {
        return call(caller, connection, tool, parameters, Listener.NONE);
    }

    private Uni<ObjectNode> call(
            Caller caller, UUID connection, @Nullable String tool, @Nullable ObjectNode parameters, Listener listener) {
        var arguments = Objects.requireNonNullElseGet(parameters, JsonNodeFactory.instance::objectNode);
        return calls.make(
                        caller,
                        connection,
                        tool,
                        arguments,
                        listener,
                        open -> client.callTool(
                                open.session(), open.server(), Objects.requireNonNull(tool), arguments, listener))
                .map(ToolResult::of);
    }
}
