package io.flowmaestro.connections.egress;

import io.vertx.core.impl.ContextInternal;
import java.time.Duration;

/** How much is read from one turn of an event loop to its next. For one loop, whose thread alone reads. */
final class Turns {

    /** Netty's largest. */
    static final int A_BUFFER = 64 * 1024;

    private int read;
    private int now;
    private int most;

    static void standStill(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** On the loop. */
    void read(int bytes) {
        if (read == 0) {
            // There is plenty to read when the loop goes on.
            standStill(Duration.ofMillis(300));
        }
        if (now == 0) {
            ContextInternal.current().nettyEventLoop().execute(() -> now = 0);
        }
        read += bytes;
        now += bytes;
        most = Math.max(most, now);
    }

    int read() {
        return read;
    }

    int most() {
        return most;
    }
}
