package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.core.Listener;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A call whose caller hears of its progress. A caller who does not keep up misses progress, never the end. Whoever stops
 * listening has hung up.
 */
final class FollowedCall implements Listener {

    private static final Logger LOG = Logger.getLogger(FollowedCall.class);

    private final MultiEmitter<? super ToolEvent> emitter;

    private FollowedCall(MultiEmitter<? super ToolEvent> emitter) {
        this.emitter = emitter;
    }

    /** Begins when somebody listens. A failure is something to hear, as a status would come too late. */
    static Multi<ToolEvent> of(Function<Listener, Uni<ObjectNode>> call) {
        return Multi.createFrom().emitter(emitter -> new FollowedCall(emitter).make(call), BackPressureStrategy.LATEST);
    }

    private void make(Function<Listener, Uni<ObjectNode>> call) {
        var running = call.apply(this).subscribeAsCompletionStage();
        emitter.onTermination(() -> running.cancel(false));
        var _ = running.whenComplete(this::ended);
    }

    private void ended(@Nullable ObjectNode result, @Nullable Throwable failure) {
        if (result != null) {
            emitter.emit(new ToolEvent.Result(result)).complete();
        } else if (failure != null && !(failure instanceof CancellationException)) {
            if (!(failure instanceof ProblemException)) {
                LOG.error("A call failed that was followed", failure);
            }
            emitter.emit(ToolEvent.Failed.of(failure)).complete();
        }
    }

    @Override
    public boolean wantsProgress() {
        return true;
    }

    @Override
    public void notified(String method, ObjectNode params) {
        if (method.equals("notifications/progress")) {
            var data = params.deepCopy();
            data.remove(List.of("progressToken", "_meta"));
            emitter.emit(new ToolEvent.Progress(data));
        }
    }
}
