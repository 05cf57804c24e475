/** Who we are at the authorization server of an MCP server, and what a connection has to know of it. */
@NullMarked
package io.flowmaestro.connections.oauth.mcp;

import org.jspecify.annotations.NullMarked;
