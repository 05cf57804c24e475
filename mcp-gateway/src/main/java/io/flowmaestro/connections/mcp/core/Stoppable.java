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

/** Lets somebody else than its caller end a call: the server is told, and the caller gets the failure. For one call at a time. */
public final class Stoppable {

    private final AtomicReference<@Nullable Ending<?>> ending = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> stopped = new AtomicReference<>();

    /** Runs one call that {@link #stop} ends. One that was stopped before is not begun. */
    public <T> Uni<T> run(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(call::get).plug(Endable::new);
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

        /** Its caller can leave, and it can be ended, before the call has begun. */
        @Override
        public void subscribe(UniSubscriber<? super T> caller) {
            var running = new Ending<T>(caller);
            caller.onSubscribe(running);
            ending.set(running);
            var already = stopped.get();
            if (already != null) {
                running.end(already);
            } else if (!running.isCancelled()) {
                AbstractUni.subscribe(upstream(), running);
            }
        }
    }

    /** Whichever comes first counts: what the call brings, its caller leaving, or its end from elsewhere. */
    private static final class Ending<T> extends UniOperatorProcessor<T, T> {

        Ending(UniSubscriber<? super T> caller) {
            super(caller);
        }

        @Override
        public void onSubscribe(UniSubscription call) {
            if (!compareAndSetUpstreamSubscription(null, call)) {
                call.cancel();
            }
        }

        /** What fails after its end is nobody's any more. */
        @Override
        public void onFailure(Throwable failure) {
            if (!CANCELLED.equals(getAndSetUpstreamSubscription(CANCELLED))) {
                downstream.onFailure(failure);
            }
        }

        void end(Throwable failure) {
            var call = getAndSetUpstreamSubscription(CANCELLED);
            if (CANCELLED.equals(call)) {
                return;
            }
            if (call != null) {
                call.cancel();
            }
            downstream.onFailure(failure);
        }
    }
}
