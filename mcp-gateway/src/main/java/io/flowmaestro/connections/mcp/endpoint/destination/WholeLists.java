package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.ServerError;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads all pages of one server's list, within bounds; of what it lists twice the first counts. A server without such a list
 * has an empty one.
 */
final class WholeLists {

    private static final int MOST_PAGES = 64;
    private static final int MOST_ENTRIES = 2000;

    private WholeLists() {}

    /** @param room that this list shares with those that are read beside it */
    static Uni<List<ObjectNode>> read(Target target, Kind kind, Listener listener, Room room) {
        return Uni.createFrom().deferred(() -> {
            var part = room.part();
            return read(target, kind, listener, part)
                    .onFailure()
                    .invoke(part::giveBack)
                    .onCancellation()
                    .invoke(part::giveBack);
        });
    }

    private static Uni<List<ObjectNode>> read(Target target, Kind kind, Listener listener, Room.Part part) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new Pages(kind, part),
                        pages -> target.request(new Call(kind.method(), pages.next(), listener))
                                .map(pages::add))
                .whilst(Pages::hasNext)
                .collect()
                .last()
                .map(pages -> pages.entries)
                .onFailure(WholeLists::hasNone)
                .recoverWithItem(List.of());
    }

    private static boolean hasNone(Throwable failure) {
        return failure instanceof ServerError error
                && error.error().path("code").asLong() == RpcError.METHOD_NOT_FOUND;
    }

    private static final class Pages {
        private final Kind kind;
        private final Room.Part room;
        private final List<ObjectNode> entries = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> cursors = new HashSet<>();
        private String cursor = "";

        Pages(Kind kind, Room.Part room) {
            this.kind = kind;
            this.room = room;
        }

        ObjectNode next() {
            return cursor.isEmpty() ? McpJson.object() : McpJson.object().put("cursor", cursor);
        }

        Pages add(ObjectNode page) {
            room.take(McpJson.write(page).length);
            page.path(kind.list()).forEach(entry -> {
                if (entry instanceof ObjectNode definition
                        && !kind.own(definition).isEmpty()
                        && names.add(kind.own(definition))) {
                    entries.add(definition);
                }
            });
            cursor = page.path("nextCursor").asText("");
            boolean circles = hasNext() && !cursors.add(cursor);
            if (circles || cursors.size() > MOST_PAGES || entries.size() > MOST_ENTRIES) {
                throw new ProblemException(
                        McpProblem.PROTOCOL_ERROR,
                        "The MCP server's list does not end, or has more than " + MOST_ENTRIES + " entries.");
            }
            return this;
        }

        boolean hasNext() {
            return !cursor.isEmpty();
        }
    }
}
