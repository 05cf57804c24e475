/** The gateway as an MCP server. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint;

import org.jspecify.annotations.NullMarked;
