package io.flowmaestro.connections.mcp.hosts;

import io.flowmaestro.connections.egress.HostList;
import io.flowmaestro.connections.egress.HostPolicy;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Gives the egress guard the operator's lists, at start: one that cannot be read keeps the service from starting. */
@Dependent
class PermittedHosts {

    private static final String PREFIX = "connections.mcp.hosts.";

    @Startup
    @Produces
    @Singleton
    HostPolicy policy(HostSettings settings) {
        return new HostPolicy(list("allow", settings.allow()), list("deny", settings.deny()));
    }

    private static HostList list(String key, Optional<List<String>> written) {
        return HostList.parse(PREFIX + key, written.orElse(List.of()));
    }
}
