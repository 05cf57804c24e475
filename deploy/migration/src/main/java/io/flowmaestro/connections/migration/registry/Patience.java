package io.flowmaestro.connections.migration.registry;

import java.time.Duration;

/**
 * How long the registry is waited for.
 *
 * @param request the time for one answer; a batch is up to a hundred transactions
 * @param attempts at one batch
 * @param first the wait before the second attempt, doubled before each further one
 * @param longest wait between two attempts, whatever the registry asks for
 */
public record Patience(Duration request, int attempts, Duration first, Duration longest) {

    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(60), 9, Duration.ofMillis(500), Duration.ofSeconds(30));

    Duration before(int attempt) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempt - 2, 20));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
