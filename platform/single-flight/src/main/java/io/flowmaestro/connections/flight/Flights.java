package io.flowmaestro.connections.flight;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work in progress in this process, by key, shared by all who want its result. It goes on when its callers hang up. */
public final class Flights<K, T> {

    private final ConcurrentMap<K, Uni<T>> underWay = new ConcurrentHashMap<>();

    /** Joins what is under way for the key, or starts it. Each caller goes on in its own context. */
    public Uni<T> join(K key, Supplier<Uni<T>> start) {
        return Uni.createFrom()
                .deferred(() -> underWay.computeIfAbsent(key, absent -> launch(absent, start))
                        .emitOn(CallerContext.current()));
    }

    /** Memoizing is what detaches it: a subscriber that goes away only takes its own name off the list. */
    private Uni<T> launch(K key, Supplier<Uni<T>> start) {
        return Uni.createFrom()
                .deferred(() -> start.get())
                .onTermination()
                .invoke(() -> underWay.remove(key))
                .memoize()
                .indefinitely();
    }
}
