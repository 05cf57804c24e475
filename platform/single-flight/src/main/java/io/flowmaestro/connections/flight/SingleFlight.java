package io.flowmaestro.connections.flight;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that is done once at a time: who comes while it is under way joins it. It goes on when its callers hang up. */
public final class SingleFlight<T> {

    private @Nullable Uni<T> underWay;

    /** Joins what is under way, or starts it. Each caller goes on in its own context. */
    public Uni<T> join(Supplier<Uni<T>> start) {
        return Uni.createFrom().deferred(() -> current(start).emitOn(CallerContext.current()));
    }

    private synchronized Uni<T> current(Supplier<Uni<T>> start) {
        var current = underWay;
        if (current == null) {
            current = Uni.createFrom()
                    .deferred(() -> start.get())
                    .onTermination()
                    .invoke(this::landed)
                    .memoize()
                    .indefinitely();
            underWay = current;
        }
        return current;
    }

    private synchronized void landed() {
        underWay = null;
    }
}
