package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is told to go on. */
final class TestClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-26T05:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
