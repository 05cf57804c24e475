/** What the gateway adds to a tool call, and what it holds for those who call none. */
@NullMarked
package io.flowmaestro.connections.benchmarks.mcp;

import org.jspecify.annotations.NullMarked;
