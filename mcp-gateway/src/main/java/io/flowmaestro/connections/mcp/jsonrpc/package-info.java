/** JSON-RPC 2.0 messages as MCP uses them; unknown fields and exact numbers survive. */
@NullMarked
package io.flowmaestro.connections.mcp.jsonrpc;

import org.jspecify.annotations.NullMarked;
