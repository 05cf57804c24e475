package io.flowmaestro.connections.oauth.background;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/** Work by key, of which so much per key goes on at a time; what is beyond waits its turn. */
final class Lanes {

    private final int width;
    private final Map<String, Lane> lanes = new HashMap<>();

    Lanes(int width) {
        this.width = width;
    }

    private static final class Lane {
        private int running;
        private final Queue<UniEmitter<? super Void>> waiting = new ArrayDeque<>();
    }

    <T> Uni<T> run(String key, Supplier<Uni<T>> work) {
        return enter(key).chain(() -> Uni.createFrom().deferred(work::get).eventually(() -> leave(key)));
    }

    private Uni<Void> enter(String key) {
        return Uni.createFrom().emitter(emitter -> {
            if (enters(key, emitter)) {
                emitter.complete(null);
            } else {
                emitter.onTermination(() -> forget(key, emitter));
            }
        });
    }

    /** Whoever goes away while waiting must not be given a place. */
    private synchronized void forget(String key, UniEmitter<? super Void> emitter) {
        var lane = lanes.get(key);
        if (lane != null) {
            lane.waiting.remove(emitter);
        }
    }

    private synchronized boolean enters(String key, UniEmitter<? super Void> emitter) {
        var lane = lanes.computeIfAbsent(key, _ -> new Lane());
        if (lane.running < width) {
            lane.running++;
            return true;
        }
        lane.waiting.add(emitter);
        return false;
    }

    /** A place passes straight to whoever waits. */
    private void leave(String key) {
        UniEmitter<? super Void> next = next(key);
        if (next != null) {
            next.complete(null);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable UniEmitter<? super Void> next(String key) {
        var lane = lanes.get(key);
        if (lane == null) {
            return null;
        }
        var next = lane.waiting.poll();
        if (next == null && --lane.running == 0) {
            lanes.remove(key);
        }
        return next;
    }
}
