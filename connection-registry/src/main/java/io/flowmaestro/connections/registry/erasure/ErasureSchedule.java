package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Finishes erasures that were interrupted, on every replica. */
@ApplicationScoped
class ErasureSchedule {

    private static final Logger LOG = Logger.getLogger(ErasureSchedule.class);

    private final ErasureService erasures;
    private final Rounds rounds;

    ErasureSchedule(ErasureService erasures, Rounds rounds) {
        this.erasures = erasures;
        this.rounds = rounds;
    }

    @Scheduled(identity = "erasures", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> goOn() {
        return rounds.run(() -> erasures.goOn().replaceWithVoid())
                .onFailure()
                .invoke(failure -> LOG.warnf("erasures pause, and go on shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
