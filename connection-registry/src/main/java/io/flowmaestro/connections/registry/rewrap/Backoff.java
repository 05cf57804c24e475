package io.flowmaestro.connections.registry.rewrap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** How long this replica leaves the vault alone after it failed: 1 s, doubled each time up to 30 s, with jitter. */
@ApplicationScoped
class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;

    private final Clock clock;
    private final RandomGenerator random;
    private int failures;
    private Instant until = Instant.MIN;

    @Inject
    Backoff(Clock clock) {
        this(clock, new Random());
    }

    Backoff(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    synchronized boolean isWaiting() {
        return clock.instant().isBefore(until);
    }

    /**
     * The wait that begins now, at least as long as the vault asked for; empty while one is under way, so that calls
     * which failed together count once.
     */
    synchronized Optional<Duration> failed(Duration retryAfter) {
        if (isWaiting()) {
            return Optional.empty();
        }
        Duration full = FIRST.multipliedBy(1L << Math.min(failures++, DOUBLINGS));
        Duration wait = longer(jittered(shorter(full, LONGEST)), shorter(retryAfter, LONGEST));
        until = clock.instant().plus(wait);
        return Optional.of(wait);
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /** Between half and all of it, so that replicas do not come back together. */
    private Duration jittered(Duration full) {
        return full.dividedBy(2).plusMillis(random.nextLong(full.toMillis() / 2 + 1));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
