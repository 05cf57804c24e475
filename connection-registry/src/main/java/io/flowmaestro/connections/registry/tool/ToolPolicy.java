package io.flowmaestro.connections.registry.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools may be called.
 *
 * @param requireApproval whether a tool is called only with a definition that was approved
 * @param allowedTools the names of those that may be called; null for all
 */
public record ToolPolicy(boolean requireApproval, @Nullable List<String> allowedTools) {

    static final ToolPolicy OPEN = new ToolPolicy(false, null);
}
