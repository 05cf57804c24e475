package io.flowmaestro.connections.registry.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a delivery is tried again: quickly at first, then for about three days. */
final class RetryPlan {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(24),
            Duration.ofHours(36));

    private RetryPlan() {}

    /** The pause after so many attempts; empty after the last one. */
    static Optional<Duration> pauseAfter(int attempts) {
        return attempts <= PAUSES.size() ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
    }
}
