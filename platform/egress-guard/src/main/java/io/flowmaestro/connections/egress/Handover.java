package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An exchange's answer on its way to who waits for it. An emitter would not hear of somebody who leaves just as the answer
 * comes, which would then be nobody's and keep its place until its time is over.
 */
final class Handover extends AbstractUni<EgressStream> {

    private final Supplier<Exchange> made;
    private final Function<Exchange, Future<EgressStream>> started;

    Handover(Supplier<Exchange> made, Function<Exchange, Future<EgressStream>> started) {
        this.made = made;
        this.started = started;
    }

    @Override
    public void subscribe(UniSubscriber<? super EgressStream> waiting) {
        var exchange = made.get();
        var left = new AtomicBoolean();
        waiting.onSubscribe(() -> {
            if (left.compareAndSet(false, true)) {
                exchange.abandon();
            }
        });
        started.apply(exchange).onComplete(done -> {
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
