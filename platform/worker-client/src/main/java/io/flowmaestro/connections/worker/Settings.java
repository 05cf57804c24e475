package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** What everything that makes calls shares. */
record Settings(InstantSource clock, Retries retries) {

    private static final Duration STEP = Duration.ofMillis(200);

    static Settings of(int attempts, Duration patience) {
        return new Settings(
                InstantSource.system(),
                new Retries(
                        attempts,
                        patience,
                        STEP,
                        () -> ThreadLocalRandom.current().nextLong()));
    }
}
