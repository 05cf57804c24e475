package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.endpoint.message.Failures;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.List;

/** The lists of several servers as one. What could not be read is said in {@code _meta}. */
final class JointList {

    private static final String UNAVAILABLE = "io.flowmaestro.connections/unavailable";

    private JointList() {}

    /** What one server answered. */
    sealed interface Part {

        Named connection();

        record Read(Named connection, List<ObjectNode> entries) implements Part {}

        record Missing(Named connection, Throwable failure) implements Part {}
    }

    /**
     * Puts the parts together.
     *
     * @throws RpcError when there is something to read and nothing of it could be read: that is no empty list
     */
    static ObjectNode of(Kind kind, List<Part> parts) {
        var result = McpJson.object();
        var entries = result.putArray(kind.list());
        var unavailable = McpJson.object().putArray("unavailable");
        for (var part : parts) {
            switch (part) {
                case Part.Read(var connection, var definitions) ->
                    definitions.forEach(definition -> entries.add(kind.published(connection, definition)));
                case Part.Missing(var connection, var failure) -> unavailable.add(missing(connection, failure));
            }
        }
        if (!parts.isEmpty() && unavailable.size() == parts.size()) {
            throw RpcError.of(200, RpcError.REFUSED, "None of your connections can be read right now; see data.")
                    .with("unavailable", unavailable);
        }
        if (!unavailable.isEmpty()) {
            result.putObject("_meta").set(UNAVAILABLE, unavailable);
        }
        return result;
    }

    private static ObjectNode missing(Named connection, Throwable failure) {
        return McpJson.object()
                .put("connection_id", connection.id().toString())
                .put("prefix", connection.slug())
                .put("message", Failures.words(failure));
    }
}
