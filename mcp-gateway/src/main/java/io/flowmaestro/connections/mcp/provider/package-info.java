/** The MCP servers of the provider catalogue. */
@NullMarked
package io.flowmaestro.connections.mcp.provider;

import org.jspecify.annotations.NullMarked;
