package io.flowmaestro.connections.usage;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/** The users with events that wait, and whose turn is next. Lives on the loop. */
final class Outboxes {

    private final Map<UUID, Outbox> byUser = new HashMap<>();
    private final Queue<Outbox> ready = new ArrayDeque<>();

    void add(UsageEvent event) {
        byUser.computeIfAbsent(event.user(), this::open).add(event);
    }

    private Outbox open(UUID user) {
        var outbox = new Outbox(user);
        ready.add(outbox);
        return outbox;
    }

    /** What goes next, in the order of the line. Its outboxes are in nobody else's hands until they are passed back. */
    Optional<Shipment> next() {
        var first = ready.poll();
        if (first == null) {
            return Optional.empty();
        }
        var shipment = new Shipment();
        shipment.load(first);
        if (!first.goesAlone()) {
            loadOthers(shipment);
        }
        return Optional.of(shipment);
    }

    private void loadOthers(Shipment shipment) {
        while (!shipment.isFull()) {
            var next = ready.peek();
            if (next == null || next.goesAlone()) {
                return;
            }
            shipment.load(ready.remove());
        }
    }

    /** Back in line, behind the others; gone when there is nothing left in it. */
    void giveBack(Outbox outbox) {
        if (outbox.isForgotten()) {
            return;
        }
        if (outbox.size() == 0) {
            byUser.remove(outbox.user());
        } else {
            ready.add(outbox);
        }
    }

    /** Its pause is over, unless something else ended it before. */
    void resume(Outbox outbox) {
        if (outbox.resume()) {
            giveBack(outbox);
        }
    }

    /** Nobody waits any longer. */
    void hurry() {
        byUser.values().forEach(outbox -> {
            outbox.hurry();
            resume(outbox);
        });
    }

    /** Takes a user's outbox away for good; one that is being sent is not sent again. */
    Optional<Outbox> forget(UUID user) {
        var outbox = Optional.ofNullable(byUser.remove(user));
        outbox.ifPresent(gone -> {
            gone.forget();
            ready.remove(gone);
        });
        return outbox;
    }

    int events() {
        return byUser.values().stream().mapToInt(Outbox::size).sum();
    }
}
