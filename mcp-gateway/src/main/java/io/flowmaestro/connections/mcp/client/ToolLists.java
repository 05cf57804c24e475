package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a server's whole tool list, page by page and within bounds; each definition stays as it was sent. */
@ApplicationScoped
class ToolLists {

    private final ClientSettings settings;

    ToolLists(ClientSettings settings) {
        this.settings = settings;
    }

    Uni<List<ObjectNode>> read(Conversation conversation, Upstream upstream) {
        if (!conversation.facts().offersTools()) {
            return Uni.createFrom().item(List.of());
        }
        return Multi.createBy()
                .repeating()
                .uni(
                        Pages::new,
                        pages -> conversation
                                .request(upstream, Call.of("tools/list", pages.nextParams()))
                                .map(pages::add))
                .whilst(Pages::hasNext)
                .collect()
                .last()
                .map(Pages::tools);
    }

    /** What has come in so far. A server that pages in circles or without end is cut off. */
    private final class Pages {
        private final Map<String, ObjectNode> tools = new LinkedHashMap<>();
        private final Set<String> cursors = new HashSet<>();
        private String cursor = "";
        private int count;
        private long size;

        ObjectNode nextParams() {
            var params = McpJson.object();
            return cursor.isEmpty() ? params : params.put("cursor", cursor);
        }

        Pages add(ObjectNode page) {
            if (!page.path("tools").isArray()) {
                throw McpFailure.protocol("its tool list has no tools");
            }
            for (var tool : page.path("tools")) {
                if (tool instanceof ObjectNode definition && tool.path("name").isTextual()) {
                    tools.putIfAbsent(tool.path("name").textValue(), definition);
                }
            }
            count++;
            size += McpJson.write(page).length;
            cursor = page.path("nextCursor").asText("");
            checkBounds();
            return this;
        }

        private void checkBounds() {
            if (tools.size() > settings.mostTools() || size > settings.largestToolList()) {
                throw McpFailure.protocol("its tool list is larger than allowed");
            }
            if (hasNext() && (count >= settings.mostPages() || !cursors.add(cursor))) {
                throw McpFailure.protocol("its tool list does not end");
            }
        }

        boolean hasNext() {
            return !cursor.isEmpty();
        }

        List<ObjectNode> tools() {
            return new ArrayList<>(tools.values());
        }
    }
}
