package io.flowmaestro.connections.usage;

import java.util.concurrent.atomic.AtomicInteger;

/** The places of the buffer. One is taken before the work, and is free again once its event has left. */
final class Room {

    /**
     * Three seconds of the most that a replica does, some 15 MiB: the registry may be held up for a moment, and 10,000 were full in 0.8.
     * With these waiting, the registry takes events more slowly than they come, and more would only wait longer.
     */
    static final int PLACES = 40_000;

    private final AtomicInteger taken = new AtomicInteger();

    /** Says whether there was a place. */
    boolean take() {
        if (taken.incrementAndGet() > PLACES) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    void free(int places) {
        taken.addAndGet(-places);
    }

    int taken() {
        return taken.get();
    }
}
