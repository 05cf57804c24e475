/** JSON-RPC as MCP clients send it to us, and the errors that they get. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.message;

import org.jspecify.annotations.NullMarked;
