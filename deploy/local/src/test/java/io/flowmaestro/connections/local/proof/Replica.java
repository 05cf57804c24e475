package io.flowmaestro.connections.local.proof;

import io.flowmaestro.connections.local.process.ChildProcess;
import java.time.Duration;

/** A running process of a service. */
record Replica(ChildProcess process, ServiceClient client) {
    private static final Duration START = Duration.ofSeconds(90);

    Replica ready() throws InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!client.isReady()) {
            if (!process.alive()) {
                throw process.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(process.spec().name() + " is not ready:\n" + process.lastLines());
            }
            Thread.sleep(50);
        }
        return this;
    }
}
