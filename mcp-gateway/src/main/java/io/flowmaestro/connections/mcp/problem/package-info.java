/** What this service answers when it cannot do what was asked. */
@NullMarked
package io.flowmaestro.connections.mcp.problem;

import org.jspecify.annotations.NullMarked;
