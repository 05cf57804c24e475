/** Which MCP servers the operator lets be called. */
@NullMarked
package io.flowmaestro.connections.mcp.hosts;

import org.jspecify.annotations.NullMarked;
