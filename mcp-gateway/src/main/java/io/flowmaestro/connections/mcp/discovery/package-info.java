/** What an MCP server is and which tools it offers. */
@NullMarked
package io.flowmaestro.connections.mcp.discovery;

import org.jspecify.annotations.NullMarked;
