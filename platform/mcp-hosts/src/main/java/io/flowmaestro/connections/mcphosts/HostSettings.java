package io.flowmaestro.connections.mcphosts;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/**
 * Hosts of MCP servers, each as {@code tools.example.com}, {@code *.example.com} (what is below it, not itself) or an address,
 * with {@code :port} or for every port. Nothing in here opens what the egress guard refuses.
 */
@ConfigMapping(prefix = "connections.mcp.hosts")
interface HostSettings {

    /** When given, servers on other hosts are refused, {@code CONNECTIONS_MCP_HOSTS_ALLOW}. */
    Optional<List<String>> allow();

    /** Servers on these hosts are refused, allowed or not, {@code CONNECTIONS_MCP_HOSTS_DENY}. */
    Optional<List<String>> deny();
}
