/** Server-sent events read from bytes, however they were cut. */
@NullMarked
package io.flowmaestro.connections.mcp.sse;

import org.jspecify.annotations.NullMarked;
