/** Clients of the revisions that begin with initialize. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.legacy;

import org.jspecify.annotations.NullMarked;
