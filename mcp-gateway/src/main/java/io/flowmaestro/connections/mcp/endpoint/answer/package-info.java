/** The HTTP side of an answer: JSON, or an event stream once there is something to say before the result. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.answer;

import org.jspecify.annotations.NullMarked;
