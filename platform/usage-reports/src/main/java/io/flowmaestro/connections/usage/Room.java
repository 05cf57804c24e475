package io.flowmaestro.connections.usage;

import java.util.concurrent.atomic.AtomicInteger;

/** The places of the buffer. One is taken before the work, and is free again once its event has left. */
final class Room {

    /** With these waiting, the registry takes events more slowly than they come, and more would only wait longer. */
    static final int PLACES = 10_000;

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
