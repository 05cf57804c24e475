package io.flowmaestro.connections.mcp.client;

import java.time.Duration;

/** When an operation, however many requests it takes, must be over. */
record Deadline(long nanoTime) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** What is left.
     *
     * @throws McpFailure when nothing is
     */
    Duration remaining() {
        long left = nanoTime - System.nanoTime();
        if (left <= 0) {
            throw new McpFailure(new Reason.TimedOut());
        }
        return Duration.ofNanos(left);
    }
}
