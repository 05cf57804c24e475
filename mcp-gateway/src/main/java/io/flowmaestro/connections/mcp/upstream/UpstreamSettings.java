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

    /** The most that a connection may ask for; longer ones are shortened to it. */
    @WithDefault("120S")
    Duration longestTimeout();
}
