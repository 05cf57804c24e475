package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The body when it names the tool itself. Absent parameters are an empty object. */
record ToolCallRequest(@Nullable String tool, @Nullable ObjectNode parameters) {}
