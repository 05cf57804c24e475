/** Clients of the revision 2026-07-28. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.modern;

import org.jspecify.annotations.NullMarked;
