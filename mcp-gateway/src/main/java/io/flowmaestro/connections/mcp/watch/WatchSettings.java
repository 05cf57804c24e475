package io.flowmaestro.connections.mcp.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Listening to MCP servers for changes, while somebody wants to hear of them. */
@ConfigMapping(prefix = "connections.mcp.watch")
interface WatchSettings {

    /** Connections that are listened to at once, per replica. */
    @WithDefault("2000")
    int most();

    /** The same of one user. */
    @WithDefault("32")
    int mostPerUser();

    /** How often it is looked whether the connection is still the user's, active and with the same credential. */
    @WithDefault("60S")
    Duration check();

    /** How long it takes at least until a server that ended or broke the stream is listened to again; doubled each time. */
    @WithDefault("1S")
    Duration shortestPause();

    /** The longest of these pauses, and that after a server which tells nothing. */
    @WithDefault("10M")
    Duration longestPause();

    /** How long changes of a tool list are collected before the registry is asked to look. */
    @WithDefault("2S")
    Duration settle();

    /** How long it is until the registry is asked to look at the same connection again. */
    @WithDefault("60S")
    Duration betweenRefreshes();
}
