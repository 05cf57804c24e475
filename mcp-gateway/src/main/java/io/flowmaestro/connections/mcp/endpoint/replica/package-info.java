/** Requests that belong to another replica, because what they are about is in its memory (docs/adr/0020). */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.replica;

import org.jspecify.annotations.NullMarked;
