package io.flowmaestro.connections.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of usage events, and how full the buffer is. */
final class UsageMetrics {

    private final Counter delivered;
    private final Counter folded;
    private final Counter dropped;
    private final Counter refused;
    private final Counter lost;

    UsageMetrics(MeterRegistry registry, Room room) {
        delivered = events(registry, "delivered");
        folded = events(registry, "folded");
        dropped = events(registry, "dropped");
        refused = events(registry, "refused");
        lost = events(registry, "lost");
        Gauge.builder("connections.usage.buffered", room, Room::taken)
                .description("Usage events that wait, and places kept for work in hand")
                .strongReference(true)
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, String outcome) {
        return Counter.builder("connections.usage.events")
                .description("Usage events by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void delivered(int events) {
        delivered.increment(events);
    }

    /** Told in the count of another event. */
    void folded(int events) {
        folded.increment(events);
    }

    /** Unacceptable to the registry, or of a user who is being erased. */
    void dropped(int events) {
        dropped.increment(events);
    }

    /** Work was refused because its usage could not be recorded. */
    void refused() {
        refused.increment();
    }

    /** Not delivered before the end of the process. */
    void lost(int events) {
        lost.increment(events);
    }
}
