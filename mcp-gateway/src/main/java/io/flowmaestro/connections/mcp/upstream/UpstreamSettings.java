package io.flowmaestro.connections.mcp.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long MCP servers may take. */
@ConfigMapping(prefix = "connections.mcp.upstream")
interface UpstreamSettings {

    /** For a connection that names no timeout. */
    @WithDefault("30S")
    Duration defaultTimeout();

    /**
     * The most that a connection may ask for; longer ones are shortened to it. For more than 120S the registry, which waits 140 s
     * for a server's tools, and whatever stands before the suite would have to wait longer, too.
     */
    @WithDefault("120S")
    Duration longestTimeout();
}
