package io.flowmaestro.connections.local.operate;

import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.suite.Health;
import java.net.URI;
import java.time.Duration;

/** A process of a service that was started, and the port that it listens on. */
public record Started(ChildProcess process, int port) {
    private static final Duration LONGEST = Duration.ofSeconds(120);

    /** Waits until it says that it can work. */
    public Started ready() throws InterruptedException {
        var health = new Health(URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!health.good()) {
            if (!process.alive()) {
                throw process.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(process.spec().name() + " is not ready:\n" + process.lastLines());
            }
            Thread.sleep(20);
        }
        return this;
    }
}
