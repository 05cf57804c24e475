package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What everything that makes calls shares.
 *
 * @param tokenTimeout of one request for the worker's own token
 */
record Settings(InstantSource clock, Retries retries, Duration tokenTimeout) {

    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(200);

    static Settings of(int attempts, Duration patience) {
        return new Settings(
                InstantSource.system(),
                new Retries(
                        attempts,
                        patience,
                        STEP,
                        () -> ThreadLocalRandom.current().nextLong()),
                TOKEN_TIMEOUT);
    }
}
