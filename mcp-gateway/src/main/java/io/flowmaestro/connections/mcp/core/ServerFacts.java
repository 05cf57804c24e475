package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself.
 *
 * @param info its {@code serverInfo}, whole but for icons that are too large to keep
 * @param capabilities whole
 * @param instructions for whoever uses the server, if it gives any that are short enough to keep
 */
public record ServerFacts(
        String protocolVersion,
        ObjectNode info,
        ObjectNode capabilities,
        @Nullable String instructions) {

    /** Bytes of either: as a tree they take many times that, for as long as the session. */
    private static final int LARGEST = 16 * 1024;

    private static final int LONGEST_INSTRUCTIONS = 64 * 1024;

    /**
     * Reads what an initialize result and a discovery have in common.
     *
     * @throws McpFailure when it is more than is kept of a server
     */
    public static ServerFacts of(String protocolVersion, JsonNode info, ObjectNode result) {
        var instructions = result.path("instructions").textValue();
        var kept = instructions != null && instructions.length() > LONGEST_INSTRUCTIONS ? null : instructions;
        var facts = new ServerFacts(
                protocolVersion, withoutLargeIcons(object(info)), object(result.path("capabilities")), kept);
        facts.requireFew();
        return facts;
    }

    /** Icons may be pictures, whole (data: URLs), and nobody's call needs them. */
    private static ObjectNode withoutLargeIcons(ObjectNode info) {
        return size(info) > LARGEST && info.has("icons") ? info.deepCopy().without("icons") : info;
    }

    private void requireFew() {
        if (size(info) > LARGEST || size(capabilities) > LARGEST) {
            throw McpFailure.protocol("what it says of itself is larger than allowed");
        }
    }

    private static int size(ObjectNode node) {
        return McpJson.write(node).length;
    }

    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : McpJson.object();
    }

    /** Whether it says that it tells of changes in any of its lists. */
    public boolean tellsChanges() {
        return Stream.of("tools", "prompts", "resources").anyMatch(this::tellsChangesOf);
    }

    /** The same of one list, by the name of its capability. */
    public boolean tellsChangesOf(String list) {
        return capabilities.path(list).path("listChanged").asBoolean();
    }

    /** Whether one may be told of updates of single resources. */
    public boolean tellsUpdates() {
        return capabilities.path("resources").path("subscribe").asBoolean();
    }

    public boolean offersTools() {
        return capabilities.has("tools");
    }
}
