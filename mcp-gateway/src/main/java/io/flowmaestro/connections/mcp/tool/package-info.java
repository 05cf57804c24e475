/** Calling one tool of a connection. */
@NullMarked
package io.flowmaestro.connections.mcp.tool;

import org.jspecify.annotations.NullMarked;
