package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import java.util.List;

/**
 * What a server is and offers.
 *
 * @param info its {@code serverInfo}, whole
 * @param tools its tool definitions, whole
 */
public record Discovery(String protocolVersion, ObjectNode info, ObjectNode capabilities, List<ObjectNode> tools) {

    static Discovery of(ServerFacts facts, List<ObjectNode> tools) {
        return new Discovery(facts.protocolVersion(), facts.info(), facts.capabilities(), tools);
    }
}
