package io.flowmaestro.connections.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an operator may set about outbound requests. Nothing here opens loopback or link-local addresses. */
@ConfigMapping(prefix = "connections.egress")
public interface EgressSettings {

    /** Ports that outbound requests may go to. */
    @WithDefault("443")
    Set<Integer> ports();

    /**
     * Private hosts that are reachable all the same: exact host names ({@code tools.corp.example}) or networks
     * ({@code 10.20.0.0/16}). A name opens private-use addresses only; a network opens exactly its addresses.
     */
    Optional<List<String>> allow();

    /** How long one name may take to resolve. */
    @WithDefault("5S")
    Duration resolveTimeout();

    /** How many names may be resolved at the same time. */
    @WithDefault("16")
    int resolvers();

    /** How long a TCP connection, TLS included, may take to come up. */
    @WithDefault("5S")
    Duration connectTimeout();

    /** Largest block of response headers, in bytes. */
    @WithDefault("32768")
    int maxHeaderBytes();

    /** Requests that may be under way with one upstream host, at most half of them of one user; each is on a connection of its own. */
    @WithDefault("64")
    int connectionsPerHost();

    /** Requests that may wait to be under way with one host, at most half of them of one user, before further ones are refused. */
    @WithDefault("256")
    int waitingPerHost();

    /** How long an idle connection is kept, for the next request on the same event loop. */
    @WithDefault("15S")
    Duration keepAlive();
}
