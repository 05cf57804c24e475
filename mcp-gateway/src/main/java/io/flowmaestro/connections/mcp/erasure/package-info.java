/** Removing what this service holds of a user. */
@NullMarked
package io.flowmaestro.connections.mcp.erasure;

import org.jspecify.annotations.NullMarked;
