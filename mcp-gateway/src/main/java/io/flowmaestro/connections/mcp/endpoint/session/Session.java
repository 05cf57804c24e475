package io.flowmaestro.connections.mcp.endpoint.session;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is known of a client that began with initialize.
 *
 * @param id as the client brings it, a capability to nothing: each request carries a token as well
 * @param capabilities what the client can be asked
 * @param home the replica that began it, and has in memory what is not in the id; empty if it has no address
 */
public record Session(String id, String version, ObjectNode capabilities, String home) {

    @Override
    public String toString() {
        return "Session";
    }
}
