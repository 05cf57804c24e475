/** A user's stored MCP connection, opened for one call. */
@NullMarked
package io.flowmaestro.connections.mcp.connection;

import org.jspecify.annotations.NullMarked;
