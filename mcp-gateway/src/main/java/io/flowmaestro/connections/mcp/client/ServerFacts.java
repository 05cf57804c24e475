package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a server says about itself.
 *
 * @param info its {@code serverInfo}, whole
 * @param capabilities whole
 */
record ServerFacts(String protocolVersion, ObjectNode info, ObjectNode capabilities) {

    boolean offersTools() {
        return capabilities.has("tools");
    }
}
