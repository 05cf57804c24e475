package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/**
 * Writes the events of all callers as one chain, one statement at a time. While a statement is under way the next batch
 * collects, so that the busier the vault is, the fewer commits a record costs; an idle vault writes at once.
 *
 * <p>The chain lives on one event loop, and only code on that loop touches it. The line of callers is what threads share.
 */
@ApplicationScoped
class GroupCommit {

    static final int LARGEST_BATCH = 500;

    private final AuditRecords records;
    private final Checkpoints checkpoints;
    private final AuditMetrics metrics;
    private final Clock clock;
    private final Context loop;
    private final WaitingLine line = new WaitingLine();
    private AuditChain chain;
    private boolean writing;

    GroupCommit(AuditRecords records, Checkpoints checkpoints, AuditMetrics metrics, Clock clock, Vertx vertx) {
        this.records = records;
        this.checkpoints = checkpoints;
        this.metrics = metrics;
        this.clock = clock;
        loop = VertxContext.getRootContext(vertx.getOrCreateContext());
        chain = new AuditChain(clock);
        metrics.watch(line);
    }

    /**
     * Records the events together.
     *
     * @param events 1 to {@link #LARGEST_BATCH}
     */
    Uni<KeyEpochs> add(AuditMac key, List<AuditEvent> events) {
        return Uni.createFrom().emitter(caller -> join(key, events, caller));
    }

    private void join(AuditMac key, List<AuditEvent> events, UniEmitter<? super KeyEpochs> caller) {
        if (line.join(new Waiting(key, events, caller))) {
            loop.runOnContext(_ -> writeNext());
        } else {
            metrics.refused();
            caller.fail(DatabaseFailure.unavailable(
                    "The vault records more slowly than it is asked to work right now. Try again shortly."));
        }
    }

    private void writeNext() {
        if (writing) {
            return;
        }
        var batch = line.take(LARGEST_BATCH);
        if (!batch.isEmpty()) {
            writing = true;
            Future.succeededFuture(batch).compose(this::write).onComplete(written -> settle(batch, written));
        }
    }

    private Future<Written> write(List<Waiting> batch) {
        var sealed =
                batch.stream().flatMap(waiting -> waiting.seal(chain).stream()).toList();
        return metrics.timed(sealed.size(), records.add(sealed))
                .map(epochs -> new Written(sealed.getLast().checkpoint(), epochs));
    }

    private void settle(List<Waiting> batch, AsyncResult<Written> written) {
        writing = false;
        if (written.succeeded()) {
            checkpoints.moved(written.result().head());
            batch.forEach(waiting -> waiting.recorded(written.result().epochs()));
        } else {
            startAnew();
            var failure = DatabaseFailure.translate(written.cause());
            batch.forEach(waiting -> waiting.failed(failure));
        }
        writeNext();
    }

    /** Nobody knows whether the batch was committed: its numbers are used up, and the next record starts a new chain. */
    private void startAnew() {
        checkpoints.ended();
        chain = new AuditChain(clock);
    }

    private record Written(Checkpoint head, KeyEpochs epochs) {}
}
