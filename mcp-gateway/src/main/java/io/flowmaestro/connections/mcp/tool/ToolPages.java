package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.toolhash.ToolHash;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;

/**
 * Servers' lists of tools for AI clients. A definition is read by a model before any call, so where approval is required none
 * is passed on that was not approved.
 */
@ApplicationScoped
public class ToolPages {

    private final McpClient client;
    private final ToolDefinitions definitions;

    ToolPages(McpClient client, ToolDefinitions definitions) {
        this.client = client;
        this.definitions = definitions;
    }

    /** Takes a call of {@code tools/list}. */
    public Uni<ObjectNode> read(McpConnection open, Call call) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return client.request(open.session(), open.server(), call)
                    .map(page -> open.toolPolicy().requireApproval() ? approved(open, page, began) : page);
        });
    }

    private ObjectNode approved(McpConnection open, ObjectNode page, long began) {
        if (page.get("tools") instanceof ArrayNode tools) {
            var hashes = new HashMap<String, String>();
            tools.forEach(tool -> hashes.put(name(tool), ToolHash.of(tool)));
            tools.removeIf(tool -> !open.toolPolicy().approves(name(tool), hashes.getOrDefault(name(tool), "")));
            definitions.met(open.session(), hashes, began);
        }
        return page;
    }

    private static String name(JsonNode tool) {
        return tool.path("name").asText();
    }
}
