package io.flowmaestro.connections.mcp.endpoint.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The last event of a stream that has begun; some end without one. */
record StreamEnd(Channel channel, @Nullable ObjectNode message) {

    void write() {
        channel.end(message);
    }
}
