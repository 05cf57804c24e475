/** The revisions 2025-03-26 to 2025-11-25: streamable HTTP with an initialize handshake and sessions. */
@NullMarked
package io.flowmaestro.connections.mcp.session;

import org.jspecify.annotations.NullMarked;
