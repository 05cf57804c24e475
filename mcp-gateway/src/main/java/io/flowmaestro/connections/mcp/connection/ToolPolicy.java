package io.flowmaestro.connections.mcp.connection;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tools the owner of a connection lets be called.
 *
 * @param requireApproval whether a tool is called only with a definition that was approved
 * @param allowedTools names of those that may be called; null for all
 * @param approved hashes of the approved definitions by name; empty unless approval is required
 */
public record ToolPolicy(boolean requireApproval, @Nullable Set<String> allowedTools, Map<String, String> approved) {

    public static final ToolPolicy OPEN = new ToolPolicy(false, null, Map.of());

    public boolean allows(String tool) {
        return allowedTools == null || allowedTools.contains(tool);
    }

    /** Whether a tool may be called with the definition that has this hash. */
    public boolean approves(String tool, String hash) {
        return !requireApproval || hash.equals(approved.get(tool));
    }
}
