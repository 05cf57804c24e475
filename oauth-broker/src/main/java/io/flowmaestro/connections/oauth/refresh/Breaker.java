package io.flowmaestro.connections.oauth.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider is worth asking, as this replica sees it. Immutable.
 *
 * @param failures in a row
 * @param closedUntil nobody asks before; then one caller does, and the others wait for what comes of it
 */
record Breaker(int failures, @Nullable Instant closedUntil) {

    static final Breaker SOUND = new Breaker(0, null);
    private static final int TOLERATED = 5;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;

    /** How long nobody should ask; zero when somebody may. */
    Duration pause(Instant now) {
        return closedUntil == null || !now.isBefore(closedUntil) ? Duration.ZERO : Duration.between(now, closedUntil);
    }

    /** For the one caller that goes first: the others are kept back for as long as its call may take. */
    Breaker probing(Instant now, Duration call) {
        return closedUntil == null ? this : new Breaker(failures, now.plus(call));
    }

    /** @param asked what the provider said it wants to be left alone for, zero if it said nothing */
    Breaker failed(Instant now, Duration asked, RandomGenerator random) {
        int count = failures + 1;
        Duration own = count < TOLERATED ? Duration.ZERO : backoff(count, random);
        Duration pause = own.compareTo(asked) > 0 ? own : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        return new Breaker(count, pause.isZero() ? null : now.plus(pause));
    }

    private static Duration backoff(int count, RandomGenerator random) {
        var longest = SHORTEST.multipliedBy(1L << Math.min(count - TOLERATED, MOST_DOUBLINGS));
        var bounded = longest.compareTo(LONGEST) > 0 ? LONGEST : longest;
        return bounded.dividedBy(2).plusMillis(random.nextLong(bounded.toMillis() / 2 + 1));
    }
}
