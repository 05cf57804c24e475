package io.flowmaestro.connections.usage;

import java.util.ArrayList;
import java.util.List;

/** What goes in one request: the oldest events of one user, or of several. Lives on the loop. */
final class Shipment {

    static final int LARGEST = 500;

    /** A user's share of it. */
    record Part(Outbox outbox, List<UsageEvent> batch) {}

    private final List<Part> parts = new ArrayList<>();
    private int events;

    /** Takes what there still is room for. */
    void load(Outbox outbox) {
        var batch = outbox.begin(LARGEST - events);
        parts.add(new Part(outbox, batch));
        events += batch.size();
    }

    boolean isFull() {
        return events == LARGEST;
    }

    /** When it fails, nobody knows whose events are to blame. */
    boolean isShared() {
        return parts.size() > 1;
    }

    List<Part> parts() {
        return parts;
    }

    List<UsageEvent> events() {
        List<UsageEvent> all = new ArrayList<>(events);
        parts.forEach(part -> all.addAll(part.batch()));
        return all;
    }
}
