/** An MCP server as a user describes it: address, authentication, headers, timeout. */
@NullMarked
package io.flowmaestro.connections.mcp.upstream;

import org.jspecify.annotations.NullMarked;
