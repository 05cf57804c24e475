/** The revision 2026-07-28: no session, everything in each request, mirrored headers, results in several rounds. */
@NullMarked
package io.flowmaestro.connections.mcp.stateless;

import org.jspecify.annotations.NullMarked;
