package io.flowmaestro.connections.benchmarks.vault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long and how often everything is measured.
 *
 * @param seed of the records' bytes and ids
 * @param forks virtual machines for each in-process method; 0 stays in this one, which is good enough for a smoke round
 * @param profile whether the services record a profile of themselves
 */
public record Settings(
        long seed,
        int forks,
        int warmUpIterations,
        int iterations,
        Duration iteration,
        List<Integer> concurrencies,
        Duration warmUp,
        int rounds,
        Duration round,
        boolean profile) {

    private static final long SEED = 20_260_101;

    public static Settings full(boolean profile) {
        return new Settings(
                SEED,
                3,
                3,
                5,
                Duration.ofSeconds(1),
                List.of(16, 1),
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(5),
                profile);
    }

    /** Shows that everything runs, and says nothing about how fast. */
    public static Settings smoke() {
        return new Settings(
                SEED, 0, 0, 1, Duration.ofMillis(100), List.of(2), Duration.ZERO, 1, Duration.ofMillis(300), false);
    }

    Map<String, String> text() {
        var text = new LinkedHashMap<String, String>();
        text.put("seed", Long.toString(seed));
        text.put(
                "in process",
                "%d forks in turns, each %d + %d iterations of %s"
                        .formatted(forks, warmUpIterations, iterations, iteration));
        text.put(
                "over HTTP",
                "closed loop, concurrency %s, warm-up %s, %d rounds in turns of %s"
                        .formatted(concurrencies, warmUp, rounds, round));
        if (profile) {
            text.put("profile", "recording, which costs a little: take the figures of a run without");
        }
        return text;
    }
}
