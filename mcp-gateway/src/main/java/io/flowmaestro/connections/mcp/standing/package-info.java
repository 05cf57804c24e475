/**
 * Connections that stand for as long as the conversation: the event stream of the revision 2024-11-05, and WebSockets. All
 * answers come in on them, in any order.
 */
@NullMarked
package io.flowmaestro.connections.mcp.standing;

import org.jspecify.annotations.NullMarked;
