package io.flowmaestro.connections.mcp.core;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds on what an MCP server may make us hold. */
@ConfigMapping(prefix = "connections.mcp.client")
public interface ClientSettings {

    /** Largest answer in bytes, a whole event stream included. */
    @WithDefault("4194304")
    int largestAnswer();

    /** How long a server may take to show that it speaks the newest revision, before older ones are tried. */
    @WithDefault("5S")
    Duration probe();

    /** How long it is remembered which revision a server speaks; it is looked for anew earlier when it does not hold. */
    @WithDefault("1H")
    Duration eraHolds();

    /** Servers of which that is remembered. */
    @WithDefault("10000")
    int mostEras();

    /** Largest single event in bytes. */
    @WithDefault("1048576")
    int largestEvent();

    /** Largest event stream that stands for a whole conversation, in bytes; the conversation is opened anew after that. */
    @WithDefault("67108864")
    long largestStream();

    /** How long such a stream may stand. */
    @WithDefault("1H")
    Duration longestStream();

    /** Most pages of one tool list. */
    @WithDefault("64")
    int mostPages();

    /** Most tools of one server. */
    @WithDefault("2000")
    int mostTools();

    /** Most characters of one server's tool definitions together. */
    @WithDefault("8388608")
    int largestToolList();

    /** How long a list of all connections does without a server that it has waited for in vain. */
    @WithDefault("30S")
    Duration awayLasts();

    /** Sessions kept with MCP servers, all users together. */
    @WithDefault("2000")
    int mostSessions();

    /** How long an unused session is kept. */
    @WithDefault("10M")
    Duration sessionIdle();
}
