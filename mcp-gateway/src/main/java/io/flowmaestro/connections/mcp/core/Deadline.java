package io.flowmaestro.connections.mcp.core;

import java.time.Duration;

/** When an operation, however many requests it takes, must be over. */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** The earlier of the two. */
    public Deadline before(Deadline other) {
        return nanoTime - other.nanoTime < 0 ? this : other;
    }

    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** What is left.
     *
     * @throws McpFailure when nothing is
     */
    public Duration remaining() {
        long left = nanoTime - System.nanoTime();
        if (left <= 0) {
            throw new McpFailure(new Reason.TimedOut());
        }
        return Duration.ofNanos(left);
    }
}
