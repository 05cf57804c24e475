/** Finding out which revisions a server speaks. */
@NullMarked
package io.flowmaestro.connections.mcp.era;

import org.jspecify.annotations.NullMarked;
