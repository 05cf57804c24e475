package io.flowmaestro.connections.oauth.flight;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work in progress on this replica, shared by all who want its result. It goes on to its end even when every caller
 * has hung up: what was begun must not be dropped half way.
 */
public final class Flights<K, T> {

    private final ConcurrentMap<K, Uni<T>> inFlight = new ConcurrentHashMap<>();

    /** Joins what is in flight under the key, or starts it. Each caller goes on in its own context. */
    public Uni<T> join(K key, Supplier<Uni<T>> start) {
        return Uni.createFrom()
                .deferred(() -> inFlight.computeIfAbsent(key, absent -> launch(absent, start))
                        .emitOn(ownContext()));
    }

    /** Memoizing is what detaches it: a subscriber that goes away only takes its own name off the list. */
    private Uni<T> launch(K key, Supplier<Uni<T>> start) {
        return Uni.createFrom()
                .deferred(() -> start.get())
                .onTermination()
                .invoke(() -> inFlight.remove(key))
                .memoize()
                .indefinitely();
    }

    private static Executor ownContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
    }
}
