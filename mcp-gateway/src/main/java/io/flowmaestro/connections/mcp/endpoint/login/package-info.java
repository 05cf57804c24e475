/** What MCP clients have to know to log in, and which tokens and origins are accepted. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.login;

import org.jspecify.annotations.NullMarked;
