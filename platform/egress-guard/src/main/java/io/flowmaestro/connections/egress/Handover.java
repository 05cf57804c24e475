package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An answer on its way to who waits for it. An emitter would not hear of somebody who leaves just as the answer comes, which
 * would then be nobody's and keep its place until its time is over.
 *
 * @param <W> what is asked for an answer, once
 */
final class Handover<W extends Handover.Asked, T> extends AbstractUni<T> {

    private final Supplier<W> made;
    private final Function<W, Future<T>> started;

    Handover(Supplier<W> made, Function<W, Future<T>> started) {
        this.made = made;
        this.started = started;
    }

    /** Somebody waits for its answer. */
    interface Asked {

        /** Nobody waits for an answer any more. One that is being read is its reader's, and this does nothing. From any thread. */
        void abandon();
    }

    @Override
    public void subscribe(UniSubscriber<? super T> waiting) {
        var asked = made.get();
        var left = new AtomicBoolean();
        waiting.onSubscribe(() -> {
            if (left.compareAndSet(false, true)) {
                asked.abandon();
            }
        });
        started.apply(asked).onComplete(done -> {
            if (!left.get()) {
                if (done.succeeded()) {
                    waiting.onItem(done.result());
                } else {
                    waiting.onFailure(done.cause());
                }
            }
        });
    }
}
