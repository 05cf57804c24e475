package io.flowmaestro.connections.mcphosts;

import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.HostList;
import io.flowmaestro.connections.egress.HostPolicy;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator's lists of hosts, read before anything else that a start brings: one that cannot be read ends it. */
@Startup(Interceptor.Priority.PLATFORM_BEFORE - 1)
@ApplicationScoped
public class McpHosts {

    private final HostPolicy policy;

    McpHosts(HostSettings settings) {
        List<String> complaints = new ArrayList<>();
        var allow = list("CONNECTIONS_MCP_HOSTS_ALLOW (connections.mcp.hosts.allow)", settings.allow(), complaints);
        var deny = list("CONNECTIONS_MCP_HOSTS_DENY (connections.mcp.hosts.deny)", settings.deny(), complaints);
        if (!complaints.isEmpty()) {
            throw new ConfigurationException(Refusal.of(complaints));
        }
        this.policy = new HostPolicy(allow, deny);
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

    private static HostList list(String name, Optional<List<String>> written, List<String> complaints) {
        try {
            return HostList.parse(written.orElse(List.of()));
        } catch (IllegalArgumentException wrong) {
            complaints.add(name + " must be hosts, separated by commas: " + wrong.getMessage());
            return HostList.parse(List.of());
        }
    }
}
