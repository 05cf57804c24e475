package io.flowmaestro.connections.registry.retention;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sweeps now and then, on every replica. */
@ApplicationScoped
class RetentionSchedule {

    private static final Logger LOG = Logger.getLogger(RetentionSchedule.class);

    private final Retention retention;
    private final Rounds rounds;

    RetentionSchedule(Retention retention, Rounds rounds) {
        this.retention = retention;
        this.rounds = rounds;
    }

    @Scheduled(
            identity = "retention",
            every = "10m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return rounds.run(retention::sweep)
                .onFailure()
                .invoke(failure -> LOG.warnf("the sweep pauses, and goes on in ten minutes: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
