package io.flowmaestro.connections.mcp.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds on what an MCP server may make us hold. */
@ConfigMapping(prefix = "connections.mcp.client")
interface ClientSettings {

    /** Largest answer in bytes, a whole event stream included. */
    @WithDefault("4194304")
    int largestAnswer();

    /** Largest single event in bytes. */
    @WithDefault("1048576")
    int largestEvent();

    /** Most pages of one tool list. */
    @WithDefault("64")
    int mostPages();

    /** Most tools of one server. */
    @WithDefault("2000")
    int mostTools();

    /** Most characters of one server's tool definitions together. */
    @WithDefault("8388608")
    int largestToolList();

    /** Sessions kept with MCP servers, all users together. */
    @WithDefault("2000")
    int mostSessions();

    /** How long an unused session is kept. */
    @WithDefault("10M")
    Duration sessionIdle();
}
