package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.turns.Turns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much there is to read, and how long and how often that is measured.
 *
 * @param manyUsers of the large table
 * @param fewUsers of the small one
 * @param callers so many of the users take turns at asking
 * @param profile whether the services record a profile of themselves
 */
public record RegistrySettings(
        int manyUsers, int fewUsers, int callers, List<Integer> concurrencies, Turns turns, boolean profile) {

    /** What each user has: as many as one page can hold. */
    static final int EACH = 100;

    public static RegistrySettings full(boolean profile) {
        return new RegistrySettings(
                10_000, 100, 64, List.of(16, 1), new Turns(Duration.ofSeconds(10), 5, Duration.ofSeconds(4)), profile);
    }

    /** Shows that everything runs, and says nothing about how fast. */
    public static RegistrySettings smoke() {
        return new RegistrySettings(
                20, 5, 4, List.of(2), new Turns(Duration.ofMillis(200), 1, Duration.ofMillis(300)), false);
    }

    String rows(int users) {
        return "%,d".formatted(users * EACH);
    }

    Map<String, String> text() {
        var text = new LinkedHashMap<String, String>();
        text.put(
                "rows",
                "%s of %,d users, beside %s of %,d; %d users ask"
                        .formatted(rows(manyUsers), manyUsers, rows(fewUsers), fewUsers, callers));
        text.put(
                "over HTTP",
                "closed loop, concurrency %s, warm-up %s, %d rounds in turns of %s"
                        .formatted(concurrencies, turns.warmUp(), turns.rounds(), turns.round()));
        if (profile) {
            text.put("profile", "recording, which costs a little: take the figures of a run without");
        }
        return text;
    }
}
