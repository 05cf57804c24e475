package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import java.util.List;

/**
 * What a server is and offers, all definitions whole.
 *
 * @param info its {@code serverInfo}, whole
 * @param prompts empty where nobody asked for them, as are resources and templates
 */
public record Discovery(
        String protocolVersion,
        ObjectNode info,
        ObjectNode capabilities,
        List<ObjectNode> tools,
        List<ObjectNode> prompts,
        List<ObjectNode> resources,
        List<ObjectNode> templates) {

    static Discovery of(ServerFacts facts, List<ObjectNode> tools) {
        return new Discovery(
                facts.protocolVersion(), facts.info(), facts.capabilities(), tools, List.of(), List.of(), List.of());
    }

    Discovery withPrompts(List<ObjectNode> listed) {
        return new Discovery(protocolVersion, info, capabilities, tools, listed, resources, templates);
    }

    Discovery withResources(List<ObjectNode> listed) {
        return new Discovery(protocolVersion, info, capabilities, tools, prompts, listed, templates);
    }

    Discovery withTemplates(List<ObjectNode> listed) {
        return new Discovery(protocolVersion, info, capabilities, tools, prompts, resources, listed);
    }
}
