package io.flowmaestro.connections.mcp.tool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of tools one replica lets be called. */
@ConfigMapping(prefix = "connections.mcp.calls")
interface CallSettings {

    /** Calls of one client for one user in a second, in the long run; at least 1. */
    @WithDefault("200")
    int ratePerSecond();

    /** How many it may make at once; at least 1. */
    @WithDefault("1000")
    int rateBurst();

    /** Calls under way over one connection; at least 1. */
    @WithDefault("64")
    int atOnce();

    /** Calls that wait for one of those to end; at least 1. */
    @WithDefault("64")
    int waiting();

    /** Of so many calls in a row over one connection eight in ten must find the server away or failing for it to rest; at least 1. */
    @WithDefault("10")
    int watched();

    /**
     * How long a server rests at least; up to half as long again, by chance. Then one call tries it; the others are refused
     * until it has ended.
     */
    @WithDefault("10S")
    Duration rest();

    /** How long calls over a connection pause at most when its server asks for it with 429 and Retry-After. */
    @WithDefault("60S")
    Duration longestPause();
}
