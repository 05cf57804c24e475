package io.flowmaestro.connections.usage;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** One event loop, apart from any request: neither a caller's identity nor its trace goes along. */
@ApplicationScoped
class VertxLoop implements Loop {

    private final Vertx vertx;
    private final Context context;

    VertxLoop(Vertx vertx) {
        this.vertx = vertx;
        context = VertxContext.getRootContext(vertx.getOrCreateContext());
    }

    @Override
    public void run(Runnable work) {
        context.runOnContext(_ -> work.run());
    }

    /** The timer is set on the loop, since it fires in the context that set it. */
    @Override
    public void runIn(Duration delay, Runnable work) {
        run(() -> vertx.setTimer(Math.max(1, delay.toMillis()), _ -> work.run()));
    }
}
