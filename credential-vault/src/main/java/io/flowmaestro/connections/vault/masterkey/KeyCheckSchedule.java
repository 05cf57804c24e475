package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.flight.SingleFlight;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Keeps comparing the keys, so that a late database is only waited for and a change of keys is seen within seconds. */
@ApplicationScoped
class KeyCheckSchedule {

    private static final Logger LOG = Logger.getLogger(KeyCheckSchedule.class);

    private final KeyGate gate;
    private final Rounds rounds;
    private final SingleFlight<Void> checking = new SingleFlight<>();

    KeyCheckSchedule(KeyGate gate, Rounds rounds) {
        this.gate = gate;
        this.rounds = rounds;
    }

    /** The vault is not ready before, and the first round would come with the next full second. */
    void begin(@Observes StartupEvent start) {
        var _ = check().subscribeAsCompletionStage();
    }

    @Scheduled(identity = "key-check", every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> check() {
        return checking.join(() -> rounds.run(this::round));
    }

    /** What is away was logged where that was seen; the next round tries again. */
    private Uni<Void> round() {
        return gate.refresh()
                .replaceWithVoid()
                .onFailure(failure -> !(failure instanceof ProblemException))
                .invoke(defect -> LOG.warn("The keys could not be checked; the vault stays as it is", defect))
                .onFailure()
                .recoverWithNull();
    }

    /** Waits a little, on the main thread: without its leave, this replica holds up a change of keys for 15 seconds. */
    void leave(@Observes ShutdownEvent stopping) {
        try {
            gate.leave().subscribeAsCompletionStage().get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException tolerable) {
            LOG.debug("This replica could not say that it ends; it counts as gone soon", tolerable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
