/** What of a message is repeated in its headers (2026-07-28, streamable HTTP, "Request Metadata"). */
@NullMarked
package io.flowmaestro.connections.mcp.mirror;

import org.jspecify.annotations.NullMarked;
