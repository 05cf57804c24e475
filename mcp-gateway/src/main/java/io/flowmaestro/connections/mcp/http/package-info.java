/** MCP messages over HTTP: requests out, answers in as JSON or as an event stream. */
@NullMarked
package io.flowmaestro.connections.mcp.http;

import org.jspecify.annotations.NullMarked;
