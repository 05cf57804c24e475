package io.flowmaestro.connections.mcp.hosts;

import io.flowmaestro.connections.egress.HostPolicy;
import io.flowmaestro.connections.mcphosts.McpHosts;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Holds the egress guard to the operator's lists: whatever this service calls outside is an MCP server. */
@Dependent
class PermittedHosts {

    @Produces
    @Singleton
    HostPolicy policy(McpHosts hosts) {
        return hosts.policy();
    }
}
