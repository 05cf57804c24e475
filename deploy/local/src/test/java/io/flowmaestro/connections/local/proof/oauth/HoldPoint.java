package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A place that messages pass. While it holds, they wait there, until they are let go or dropped. */
final class HoldPoint {
    private record Place(String whose, Promise<Void> promise) {}

    private final List<Place> waiting = new ArrayList<>();
    private boolean holds;

    synchronized void hold() {
        holds = true;
    }

    /**
     * Succeeds when the message may go on, and fails when it is to be lost.
     *
     * @param whose what it is about
     */
    synchronized Future<Void> pass(String whose) {
        if (!holds) {
            return Future.succeededFuture();
        }
        var place = new Place(whose, Promise.promise());
        waiting.add(place);
        return place.promise().future();
    }

    /** What the messages are about that wait there. */
    synchronized Set<String> held() {
        return waiting.stream().map(Place::whose).collect(Collectors.toSet());
    }

    void letGo() {
        open().forEach(place -> place.promise().tryComplete());
    }

    void drop() {
        open().forEach(place -> place.promise().tryFail("dropped by the proof"));
    }

    private synchronized List<Place> open() {
        holds = false;
        var those = List.copyOf(waiting);
        waiting.clear();
        return those;
    }

    /** What waits there once so many do, or after that time. */
    Set<String> awaitHeld(int wanted, Duration longest) throws InterruptedException {
        var deadline = System.nanoTime() + longest.toNanos();
        while (held().size() < wanted && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return held();
    }
}
