package io.flowmaestro.connections.mcp.endpoint.replica;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** One of several replicas. */
@ConfigMapping(prefix = "connections.mcp.replica")
interface ReplicaSettings {

    /**
     * Where the other replicas reach this one, {@code CONNECTIONS_MCP_REPLICA_URL}: scheme, host and port, made of the pod's own
     * address; https, unless a service mesh encrypts. Without it every request is served where it arrives.
     */
    Optional<String> url();

    /**
     * Where peers reach this service, whichever replica answers, {@code CONNECTIONS_GATEWAY_URL}. The certificate of a replica whose
     * address is https and an IP address must be of this host; without it, of the address.
     */
    Optional<String> serviceUrl();

    /** The TLS configuration by which replicas trust each other; that of the clients of peers. */
    Optional<String> tlsConfigurationName();

    /** How long a replica may take to accept a connection, and as long again to prove who it is, before it counts as gone. */
    @WithDefault("1S")
    Duration connectTimeout();

    /** The longest silence of a replica that has a request of ours; longer than any call may take. */
    @WithDefault("180S")
    Duration idleTimeout();

    /** How long a replica that is gone is not asked again. */
    @WithDefault("5S")
    Duration gone();

    /** Requests and streams to one replica at once. */
    @WithDefault("4096")
    int most();
}
