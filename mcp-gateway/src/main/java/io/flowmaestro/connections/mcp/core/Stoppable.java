package io.flowmaestro.connections.mcp.core;

import static io.smallrye.mutiny.helpers.EmptyUniSubscription.CANCELLED;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets somebody else than its caller end a call: the server is told, and the caller gets the failure. */
public final class Stoppable {

    private final AtomicReference<@Nullable Ending<?>> ending = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> stopped = new AtomicReference<>();

    /** Runs one call that {@link #stop} ends. One that was stopped before is not begun. */
    public <T> Uni<T> run(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> begin(call)).plug(Endable::new);
    }

    private <T> Uni<T> begin(Supplier<Uni<T>> call) {
        var already = stopped.get();
        return already == null ? call.get() : Uni.createFrom().failure(already);
    }

    public void stop(Throwable failure) {
        stopped.set(failure);
        var running = ending.get();
        if (running != null) {
            running.end(failure);
        }
    }

    /** A race of the two would take several times as long as to pass on what comes, and every tool call comes through here. */
    private final class Endable<T> extends UniOperator<T, T> {

        Endable(Uni<? extends T> call) {
            super(call);
        }

        @Override
        public void subscribe(UniSubscriber<? super T> caller) {
            AbstractUni.subscribe(upstream(), new Ending<>(caller));
        }
    }

    /** Whichever comes first counts: what the call brings, its caller leaving, or its end from elsewhere. */
    private final class Ending<T> extends UniOperatorProcessor<T, T> {

        Ending(UniSubscriber<? super T> caller) {
            super(caller);
        }

        /** Only from now on can a failure be told; one that came meanwhile is told at once. */
        @Override
        public void onSubscribe(UniSubscription call) {
            super.onSubscribe(call);
            ending.set(this);
            var already = stopped.get();
            if (already != null) {
                end(already);
            }
        }

        void end(Throwable failure) {
            var call = getAndSetUpstreamSubscription(CANCELLED);
            if (!CANCELLED.equals(call)) {
                call.cancel();
                downstream.onFailure(failure);
            }
        }
    }
}
