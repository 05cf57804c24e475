package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.arguments.ArgumentChecks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's tools at the time of one look at them.
 *
 * @param seen {@link System#nanoTime()} when the look began
 * @param size characters of all definitions together
 * @param current whether nothing else was seen of them meanwhile
 */
record ListedTools(Map<String, ToolDefinition> byName, long seen, int size, boolean current) {

    /** Nothing is known any more: what was seen then is not what had been read before. */
    static ListedTools outdated(long seen) {
        return new ListedTools(Map.of(), seen, 0, false);
    }

    static ListedTools of(List<ObjectNode> definitions, ArgumentChecks checks, long seen) {
        var byName = new HashMap<String, ToolDefinition>();
        int size = 0;
        for (var definition : definitions) {
            byName.put(definition.path("name").asText(), ToolDefinition.of(definition, checks));
            size += definition.toString().length();
        }
        return new ListedTools(Map.copyOf(byName), seen, size, true);
    }

    Optional<ToolDefinition> find(String tool) {
        return Optional.ofNullable(byName.get(tool));
    }

    boolean isYoungerThan(Duration age) {
        return current && System.nanoTime() - seen < age.toNanos();
    }

    boolean isOlderThan(long other) {
        return seen - other < 0;
    }

    boolean has(String tool, String hash) {
        var known = byName.get(tool);
        return known != null && known.hash().equals(hash);
    }
}
