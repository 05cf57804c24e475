package io.flowmaestro.connections.usage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** One user's events that wait, oldest first. Lives on the loop. */
final class Outbox {

    private final UUID user;
    private final Deque<UsageEvent> events = new ArrayDeque<>();
    private int batchLimit = Shipment.LARGEST;
    private int underWay;
    private int failures;
    private boolean paused;
    private boolean alone;
    private boolean forgotten;

    Outbox(UUID user) {
        this.user = user;
    }

    UUID user() {
        return user;
    }

    void add(UsageEvent event) {
        events.add(event);
    }

    /**
     * The oldest events, about to be sent; they stay until they are settled, so that the same ones are sent again.
     *
     * @param room no more than so many
     */
    List<UsageEvent> begin(int room) {
        int size = Math.min(Math.min(batchLimit, room), events.size());
        List<UsageEvent> batch = new ArrayList<>(size);
        var oldest = events.iterator();
        while (batch.size() < size) {
            batch.add(oldest.next());
        }
        underWay = size;
        return batch;
    }

    /** The request is over, whatever it brought. */
    void end() {
        underWay = 0;
    }

    /** The batch has been dealt with, one way or the other. */
    void settled(List<UsageEvent> batch) {
        batch.forEach(_ -> events.remove());
        batchLimit = Shipment.LARGEST;
        failures = 0;
        alone = false;
    }

    /** Something in what was sent together is unacceptable or fails: no other user's events go with the next ones. */
    void part() {
        alone = true;
    }

    boolean goesAlone() {
        return alone;
    }

    /** Something in a batch of this size is unacceptable: the next one is half as large. */
    void narrow(int refused) {
        batchLimit = refused / 2;
    }

    /** Says how many failures in a row that makes. */
    int pause() {
        paused = true;
        return ++failures;
    }

    /** Says whether it was paused. */
    boolean resume() {
        boolean wasPaused = paused;
        paused = false;
        return wasPaused;
    }

    void hurry() {
        failures = 0;
    }

    void forget() {
        forgotten = true;
    }

    boolean isForgotten() {
        return forgotten;
    }

    int size() {
        return events.size();
    }

    /** Events that are in no request. */
    int idle() {
        return events.size() - underWay;
    }
}
