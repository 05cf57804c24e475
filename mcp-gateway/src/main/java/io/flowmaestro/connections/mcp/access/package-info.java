/** Which of the suite's services may call what. */
@NullMarked
package io.flowmaestro.connections.mcp.access;

import org.jspecify.annotations.NullMarked;
