/** What the service takes from its surroundings. */
@NullMarked
package io.flowmaestro.connections.mcp.runtime;

import org.jspecify.annotations.NullMarked;
