/** Adapter to oauth-broker. */
@NullMarked
package io.flowmaestro.connections.mcp.broker;

import org.jspecify.annotations.NullMarked;
