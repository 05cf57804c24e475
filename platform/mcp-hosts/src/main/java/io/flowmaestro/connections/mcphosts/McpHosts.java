package io.flowmaestro.connections.mcphosts;

import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.HostList;
import io.flowmaestro.connections.egress.HostPolicy;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The operator's lists of hosts, read at start: one that cannot be read keeps the service from starting. */
@Startup
@ApplicationScoped
public class McpHosts {

    private static final String PREFIX = "connections.mcp.hosts.";

    private final HostPolicy policy;

    McpHosts(HostSettings settings) {
        this.policy = new HostPolicy(list("allow", settings.allow()), list("deny", settings.deny()));
    }

    /** For a service all of whose outbound requests go to MCP servers. */
    public HostPolicy policy() {
        return policy;
    }

    /**
     * For one address among others.
     *
     * @throws EgressRefused when its host is not permitted, or when it is no http or https URL
     */
    public void require(String url) {
        policy.require(url);
    }

    private static HostList list(String key, Optional<List<String>> written) {
        return HostList.parse(PREFIX + key, written.orElse(List.of()));
    }
}
