/** Which hosts of MCP servers an operator lets be called. */
@NullMarked
package io.flowmaestro.connections.mcphosts;

import org.jspecify.annotations.NullMarked;
