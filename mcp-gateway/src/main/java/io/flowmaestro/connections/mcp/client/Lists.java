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
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a whole list of a server, page by page and within bounds; each definition stays as it was sent. Of several under one
 * name the first counts.
 */
@Singleton
class Lists {

    /** Of the names of a server's tools: they are kept as long as its session. */
    private static final long MOST_CHARACTERS = 256 * 1024;

    private final ClientSettings settings;

    Lists(ClientSettings settings) {
        this.settings = settings;
    }

    Uni<List<ObjectNode>> read(Conversation conversation, Upstream upstream, Offer offer) {
        if (!offer.isMadeBy(conversation.facts())) {
            return Uni.createFrom().item(List.of());
        }
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new Pages(offer),
                        pages -> RequestLog.request(conversation, upstream, Call.of(offer.method(), pages.nextParams()))
                                .map(pages::add))
                .whilst(Pages::hasNext)
                .collect()
                .last()
                .map(Pages::entries);
    }

    /** What has come in so far. A server that pages in circles or without end is cut off. */
    private final class Pages {
        private final Offer offer;
        private final Map<String, ObjectNode> entries = new LinkedHashMap<>();
        private final Set<String> cursors = new HashSet<>();
        private String cursor = "";
        private int count;
        private long size;

        Pages(Offer offer) {
            this.offer = offer;
        }

        ObjectNode nextParams() {
            var params = McpJson.object();
            return cursor.isEmpty() ? params : params.put("cursor", cursor);
        }

        Pages add(ObjectNode page) {
            var listed = page.path(offer.list());
            if (!listed.isArray()) {
                throw McpFailure.protocol("its answer to " + offer.method() + " has no " + offer.list());
            }
            int leftOut = 0;
            for (var entry : listed) {
                var key = entry.path(offer.key());
                boolean first = entry instanceof ObjectNode definition
                        && key.isTextual()
                        && entries.putIfAbsent(key.textValue(), definition) == null;
                leftOut += first ? 0 : 1;
            }
            if (leftOut > 0) {
                ListedBefore.leftOut(offer, leftOut);
            }
            count++;
            size += McpJson.write(page).length;
            cursor = page.path("nextCursor").asText("");
            checkBounds();
            return this;
        }

        private void checkBounds() {
            boolean longNames = offer == Offer.TOOLS
                    && entries.keySet().stream().mapToLong(String::length).sum() > MOST_CHARACTERS;
            if (entries.size() > settings.mostTools() || size > settings.largestToolList() || longNames) {
                throw McpFailure.protocol("its list of " + offer.list() + " is larger than allowed");
            }
            if (hasNext() && (count >= settings.mostPages() || !cursors.add(cursor))) {
                throw McpFailure.protocol("its list of " + offer.list() + " does not end");
            }
        }

        boolean hasNext() {
            return !cursor.isEmpty();
        }

        List<ObjectNode> entries() {
            return new ArrayList<>(entries.values());
        }
    }
}
