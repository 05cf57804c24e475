package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.turns.Turns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is called and held.
 *
 * @param inUse how many calls the gateway has had before the first figure: with fewer it is still being compiled, and so is the
 *     registry, which gets one report of hundreds of them
 * @param callers so many users' connections are called in turn
 * @param concurrency of the load, beside one call at a time
 * @param serviceTime of the slower server
 * @param aggregated connections of one user that are listed together
 * @param sessions that are opened with servers and then left alone
 * @param idleClients that keep a TCP connection to the gateway open and say nothing
 * @param forgotten how long to wait until what was opened for a call is remembered no longer
 * @param profile whether the gateway records a profile of itself
 */
public record McpSettings(
        int inUse,
        int callers,
        int concurrency,
        Turns turns,
        Duration serviceTime,
        int aggregated,
        int sessions,
        int idleClients,
        Duration forgotten,
        boolean profile) {

    private static final Duration SERVICE_TIME = Duration.ofMillis(5);

    public static McpSettings full(boolean profile) {
        return new McpSettings(
                2_000_000,
                16,
                16,
                new Turns(Duration.ofSeconds(20), 5, Duration.ofSeconds(4)),
                SERVICE_TIME,
                50,
                2_000,
                10_000,
                Duration.ofSeconds(35),
                profile);
    }

    /** Shows that everything runs, and says nothing about how fast. */
    public static McpSettings smoke() {
        return new McpSettings(
                100,
                2,
                2,
                new Turns(Duration.ofMillis(200), 1, Duration.ofMillis(300)),
                SERVICE_TIME,
                5,
                10,
                20,
                Duration.ZERO,
                false);
    }

    Map<String, String> text() {
        var text = new LinkedHashMap<String, String>();
        text.put(
                "over HTTP",
                "closed loop, concurrency %d and 1, gateway called %,d times before, warm-up %s, %d rounds in turns of %s; connections of %d users"
                        .formatted(concurrency, inUse, turns.warmUp(), turns.rounds(), turns.round(), callers));
        text.put(
                "held",
                "%,d sessions with servers, %,d clients that are silent; lists of %d connections"
                        .formatted(sessions, idleClients, aggregated));
        if (profile) {
            text.put("profile", "recording, which costs a little: take the figures of a run without");
        }
        return text;
    }
}
