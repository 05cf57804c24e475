/** Adapter to connection-registry. */
@NullMarked
package io.flowmaestro.connections.mcp.registry;

import org.jspecify.annotations.NullMarked;
