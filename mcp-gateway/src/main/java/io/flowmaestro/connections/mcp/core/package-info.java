/**
 * What the service does with MCP servers, in words that know no protocol revision: a conversation, a call in it, and what
 * the server says meanwhile. Each era implements {@link io.flowmaestro.connections.mcp.core.Conversation} in a package of
 * its own.
 */
@NullMarked
package io.flowmaestro.connections.mcp.core;

import org.jspecify.annotations.NullMarked;
