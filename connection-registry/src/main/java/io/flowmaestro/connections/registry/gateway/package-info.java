/** Tool discovery by mcp-gateway. */
@NullMarked
package io.flowmaestro.connections.registry.gateway;

import org.jspecify.annotations.NullMarked;
