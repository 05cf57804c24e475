/** What an MCP server's tools say, what of it was approved, and which tools may be called. */
@NullMarked
package io.flowmaestro.connections.registry.tool;

import org.jspecify.annotations.NullMarked;
