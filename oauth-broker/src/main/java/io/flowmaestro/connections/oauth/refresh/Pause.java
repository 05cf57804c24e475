package io.flowmaestro.connections.oauth.refresh;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Waits on a timer of the event loop, so that what follows stays in its context. */
@ApplicationScoped
class Pause {

    private final Vertx vertx;

    Pause(Vertx vertx) {
        this.vertx = vertx;
    }

    Uni<Void> of(Duration length) {
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(Math.max(1, length.toMillis()), fired -> emitter.complete(null));
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        });
    }
}
