/** One request of a client, with everything that is needed to answer it. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.exchange;

import org.jspecify.annotations.NullMarked;
