/** The MCP client: a core that knows no protocol revision, and the revisions at its edge. */
@NullMarked
package io.flowmaestro.connections.mcp.client;

import org.jspecify.annotations.NullMarked;
