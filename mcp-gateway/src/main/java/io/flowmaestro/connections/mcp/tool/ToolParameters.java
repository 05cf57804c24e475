package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The body when the path names the tool. Absent parameters are an empty object. */
record ToolParameters(@Nullable ObjectNode parameters) {}
