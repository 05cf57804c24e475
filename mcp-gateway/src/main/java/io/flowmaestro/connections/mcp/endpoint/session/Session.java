package io.flowmaestro.connections.mcp.endpoint.session;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is known of a client that began with initialize.
 *
 * @param id as the client brings it, a capability to nothing: each request carries a token as well
 * @param capabilities what the client can be asked
 */
public record Session(String id, String version, ObjectNode capabilities) {

    @Override
    public String toString() {
        return "Session";
    }
}
