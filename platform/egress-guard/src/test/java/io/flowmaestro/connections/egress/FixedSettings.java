package io.flowmaestro.connections.egress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record FixedSettings(Set<Integer> ports, Optional<List<String>> allow, Duration resolveTimeout)
        implements EgressSettings {

    static FixedSettings production(String... allowed) {
        return new FixedSettings(
                Set.of(443, 8443),
                Optional.of(List.of(allowed)).filter(list -> !list.isEmpty()),
                Duration.ofSeconds(2));
    }

    @Override
    public int resolvers() {
        return 4;
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public int maxHeaderBytes() {
        return 4096;
    }

    @Override
    public int connectionsPerHost() {
        return 4;
    }

    @Override
    public int waitingPerHost() {
        return 4;
    }

    @Override
    public Duration keepAlive() {
        return Duration.ofSeconds(5);
    }
}
