package io.flowmaestro.connections.registry.webhook;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks for deliveries that are due, on every replica. */
@ApplicationScoped
class DeliverySchedule {

    private static final Logger LOG = Logger.getLogger(DeliverySchedule.class);

    private final Deliverer deliverer;

    DeliverySchedule(Deliverer deliverer) {
        this.deliverer = deliverer;
    }

    @Scheduled(identity = "webhooks", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deliver() {
        return deliverer
                .deliver()
                .repeat()
                .whilst(delivered -> delivered > 0)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("webhooks pause, and go on shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
