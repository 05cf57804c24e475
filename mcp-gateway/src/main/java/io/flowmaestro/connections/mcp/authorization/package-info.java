/** OAuth tokens for MCP servers: good ones for a call, new ones for those that a server refused, and what it wants of them. */
@NullMarked
package io.flowmaestro.connections.mcp.authorization;

import org.jspecify.annotations.NullMarked;
