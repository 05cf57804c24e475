package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says every half minute how far the chain has come, in the log and in a table, and once more when a chain ends. What is
 * cut off a chain up to its last checkpoint is noticed; a crash leaves at most half a minute after it.
 */
@ApplicationScoped
class Checkpoints {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final long LAST_WORD_SECONDS = 2;

    private final CheckpointRepository repository;
    private final Rounds rounds;
    private final List<Checkpoint> unstored = new ArrayList<>();
    private @Nullable Checkpoint unsaid;

    Checkpoints(CheckpointRepository repository, Rounds rounds) {
        this.repository = repository;
        this.rounds = rounds;
    }

    /** The chain has come this far, and it is committed. */
    synchronized void moved(Checkpoint head) {
        unsaid = head;
    }

    /** The chain goes no further; its row follows with the next ones, as the database may be what failed. */
    synchronized void ended() {
        say();
    }

    @Scheduled(
            identity = "audit-checkpoint",
            every = "30s",
            delayed = "30s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> checkpoint() {
        return rounds.run(
                () -> Uni.createFrom().completionStage(() -> sayAndStore().toCompletionStage()));
    }

    /** Runs on the thread that shuts down, after the last request was answered. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        try {
            sayAndStore().toCompletionStage().toCompletableFuture().get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warnf("The last audit checkpoint is in the log only: %s", failure);
        }
    }

    /** A failure leaves the rows to the next round; storing one twice does nothing. */
    private Future<Void> sayAndStore() {
        var due = due();
        return due.isEmpty()
                ? Future.succeededFuture()
                : repository
                        .add(due)
                        .onSuccess(_ -> stored(due))
                        .onFailure(failure -> LOG.warnf("Audit checkpoints were not stored yet: %s", failure));
    }

    private synchronized List<Checkpoint> due() {
        say();
        return List.copyOf(unstored);
    }

    private synchronized void stored(List<Checkpoint> checkpoints) {
        unstored.removeAll(checkpoints);
    }

    private void say() {
        if (unsaid != null) {
            LOG.info(unsaid.logLine());
            unstored.add(unsaid);
            unsaid = null;
        }
    }
}
