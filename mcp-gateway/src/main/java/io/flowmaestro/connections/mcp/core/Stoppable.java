package io.flowmaestro.connections.mcp.core;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets somebody else than its caller end a call: the server is told, and the caller gets the failure. */
public final class Stoppable {

    private final AtomicReference<@Nullable UniEmitter<?>> ending = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> stopped = new AtomicReference<>();

    /** Runs one call that {@link #stop} ends. One that was stopped before is not begun. */
    public <T> Uni<T> run(Supplier<Uni<T>> call) {
        return Uni.join()
                .first(
                        Uni.createFrom().deferred(() -> begin(call)),
                        Uni.createFrom().<T>emitter(this::await))
                .toTerminate();
    }

    private <T> Uni<T> begin(Supplier<Uni<T>> call) {
        var already = stopped.get();
        return already == null ? call.get() : Uni.createFrom().failure(already);
    }

    private void await(UniEmitter<?> emitter) {
        ending.set(emitter);
        var already = stopped.get();
        if (already != null) {
            emitter.fail(already);
        }
    }

    public void stop(Throwable failure) {
        stopped.set(failure);
        var emitter = ending.get();
        if (emitter != null) {
            emitter.fail(failure);
        }
    }
}
