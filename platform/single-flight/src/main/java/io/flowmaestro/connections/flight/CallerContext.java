package io.flowmaestro.connections.flight;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The Vert.x context that a caller is on, to go on there with what another thread has done. */
public final class CallerContext {

    private CallerContext() {}

    /** Runs on the context of whoever asks for this executor now; on the spot when there is none. */
    public static Executor current() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
