package io.flowmaestro.connections.mcp.core;

import java.time.Duration;

/** When an operation, however many requests it takes, must be over. Timers count milliseconds, and take none that is shorter. */
public record Deadline(long nanoTime) {

    private static final long SHORTEST_NANOS = 1_000_000;

    public static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** The earlier of the two. */
    public Deadline before(Deadline other) {
        return nanoTime - other.nanoTime < 0 ? this : other;
    }

    public boolean isOver() {
        return left() < SHORTEST_NANOS;
    }

    /**
     * What is left: a millisecond or more.
     *
     * @throws McpFailure when less is
     */
    public Duration remaining() {
        long left = left();
        if (left < SHORTEST_NANOS) {
            throw new McpFailure(new Reason.TimedOut());
        }
        return Duration.ofNanos(left);
    }

    private long left() {
        return nanoTime - System.nanoTime();
    }
}
