/** What servers ask in mid-call, on its way to the client and back. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.question;

import org.jspecify.annotations.NullMarked;
