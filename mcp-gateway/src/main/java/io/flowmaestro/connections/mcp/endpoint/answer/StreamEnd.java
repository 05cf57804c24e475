package io.flowmaestro.connections.mcp.endpoint.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The last event of a stream that has begun. */
record StreamEnd(Channel channel, ObjectNode message) {

    void write() {
        channel.end(message);
    }
}
