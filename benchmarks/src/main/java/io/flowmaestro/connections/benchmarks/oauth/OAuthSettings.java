package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.turns.Turns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much is read and refreshed.
 *
 * @param callers so many users' credentials are asked for in turn
 * @param atOnce connections whose tokens are due at one moment, to find out how fast refreshing can be
 * @param due connections whose tokens fall due one after the other
 * @param window from the first of them to the last
 * @param spread how much earlier than its margin a broker may take a token, by chance
 * @param profile whether the services record a profile of themselves
 */
public record OAuthSettings(
        int callers,
        List<Integer> concurrencies,
        Turns turns,
        int atOnce,
        int due,
        Duration window,
        Duration spread,
        boolean profile) {

    private static final int FULL = 100_000;
    private static final Duration FULL_WINDOW = Duration.ofMinutes(10);
    private static final int ROUNDS = 5;
    /** Longer than elsewhere: peers have to be warm, too, for they record what is handed out. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** Half a minute's work. */
    private static final int ENOUGH_AT_ONCE = 5_000;

    /** What {@link #FULL} connections in {@link #FULL_WINDOW} ask for. */
    static final double NEEDED_PER_SECOND = (double) FULL / FULL_WINDOW.toSeconds();

    public static OAuthSettings full(boolean profile) {
        return of(FULL, profile);
    }

    /**
     * The same pace with fewer connections, and so a shorter run.
     *
     * @param due at least 1
     */
    public static OAuthSettings of(int due, boolean profile) {
        return new OAuthSettings(
                64,
                List.of(16, 1),
                new Turns(WARM_UP, ROUNDS, Duration.ofSeconds(4)),
                Math.max(due / 10, Math.min(due, ENOUGH_AT_ONCE)),
                due,
                Duration.ofMillis(Math.round(due / NEEDED_PER_SECOND * 1000)),
                Duration.ofMinutes(1),
                profile);
    }

    /** Shows that everything runs, and says nothing about how fast. */
    public static OAuthSettings smoke() {
        return new OAuthSettings(
                4,
                List.of(2),
                new Turns(Duration.ofMillis(200), 1, Duration.ofMillis(300)),
                30,
                60,
                Duration.ofSeconds(2),
                Duration.ZERO,
                false);
    }

    Map<String, String> text() {
        var text = new LinkedHashMap<String, String>();
        text.put(
                "over HTTP",
                "closed loop, concurrency %s, warm-up %s, %d rounds in turns of %s; credentials of %d users"
                        .formatted(concurrencies, turns.warmUp(), turns.rounds(), turns.round(), callers));
        text.put(
                "refreshes",
                "%,d connections that fall due within %s, then %,d due at once; %d of each user, two brokers"
                        .formatted(due, window, atOnce, StoredConnections.OF_A_USER));
        if (profile) {
            text.put("profile", "recording, which costs a little: take the figures of a run without");
        }
        return text;
    }
}
