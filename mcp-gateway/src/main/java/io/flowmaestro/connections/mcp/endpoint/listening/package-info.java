/** Streams that stand, for what servers tell while no call is under way. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.listening;

import org.jspecify.annotations.NullMarked;
