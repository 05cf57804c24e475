package io.flowmaestro.connections.usage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many failures in a row: twice as long each time, with jitter. */
record Backoff(RandomGenerator random) {

    static final Duration SHORTEST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 8;

    /**
     * A time between the half and the whole of what is due.
     *
     * @param failures 1 or more
     */
    Duration after(int failures) {
        long due = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(due / 2 + random.nextLong(due / 2 + 1));
    }
}
