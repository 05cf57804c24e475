package io.flowmaestro.connections.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often a process that dies is started again: five times within ten minutes, each after a longer pause. */
public final class RestartBudget {
    static final int RESTARTS = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** The pause before the next start; empty when it has died too often to go on. */
    public Optional<Duration> pauseAfterDeathAt(Instant now) {
        while (!deaths.isEmpty() && deaths.getFirst().isBefore(now.minus(WINDOW))) {
            deaths.removeFirst();
        }
        if (deaths.size() >= RESTARTS) {
            return Optional.empty();
        }
        deaths.addLast(now);
        return Optional.of(Duration.ofSeconds(1L << (deaths.size() - 1)));
    }
}
