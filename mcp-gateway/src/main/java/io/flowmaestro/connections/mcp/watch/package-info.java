/** What MCP servers tell while no call is under way. */
@NullMarked
package io.flowmaestro.connections.mcp.watch;

import org.jspecify.annotations.NullMarked;
