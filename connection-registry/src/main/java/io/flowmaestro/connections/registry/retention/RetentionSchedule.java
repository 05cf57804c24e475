package io.flowmaestro.connections.registry.retention;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sweeps now and then, on every replica. */
@ApplicationScoped
class RetentionSchedule {

    private static final Logger LOG = Logger.getLogger(RetentionSchedule.class);

    private final Retention retention;

    RetentionSchedule(Retention retention) {
        this.retention = retention;
    }

    @Scheduled(
            identity = "retention",
            every = "10m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return retention
                .sweep()
                .onFailure()
                .invoke(failure -> LOG.warnf("the sweep pauses, and goes on in ten minutes: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
