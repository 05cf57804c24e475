package io.flowmaestro.connections.mcp.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.client.Discovery;
import java.util.List;

/**
 * What discovery answers.
 *
 * @param serverInfo the server's own, plus {@code protocol_version}
 * @param tools whole definitions, plus the {@code parameters} view
 */
record DiscoveryView(
        ObjectNode serverInfo,
        ObjectNode capabilities,
        List<ObjectNode> tools,
        List<ObjectNode> prompts,
        List<ObjectNode> resources,
        List<ObjectNode> resourceTemplates) {

    static DiscoveryView of(Discovery found) {
        var info = found.info().deepCopy().put("protocol_version", found.protocolVersion());
        var tools = found.tools().stream().map(ParametersView::addTo).toList();
        return new DiscoveryView(
                info, found.capabilities(), tools, found.prompts(), found.resources(), found.templates());
    }
}
