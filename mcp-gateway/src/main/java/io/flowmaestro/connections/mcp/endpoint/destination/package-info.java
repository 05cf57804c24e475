/** The servers behind the endpoint: one connection, or all of a caller's together. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.destination;

import org.jspecify.annotations.NullMarked;
