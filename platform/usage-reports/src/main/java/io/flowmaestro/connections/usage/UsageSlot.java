package io.flowmaestro.connections.usage;

import java.util.concurrent.atomic.AtomicBoolean;

/** A place for one event, kept while the work is done. The first of fill and release counts, any later one does nothing. */
public final class UsageSlot {

    private final Deliveries deliveries;
    private final Room room;
    private final AtomicBoolean settled = new AtomicBoolean();

    UsageSlot(Deliveries deliveries, Room room) {
        this.deliveries = deliveries;
        this.room = room;
    }

    /** The connection was used: the event goes out. */
    public void fill(UsageEvent event) {
        if (settled.compareAndSet(false, true)) {
            deliveries.accept(event);
        }
    }

    /** Nothing was used: the place is given back. */
    public void release() {
        if (settled.compareAndSet(false, true)) {
            room.free(1);
        }
    }
}
