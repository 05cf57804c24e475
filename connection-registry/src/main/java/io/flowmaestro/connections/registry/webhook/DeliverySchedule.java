package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks for deliveries that are due, on every replica. */
@ApplicationScoped
class DeliverySchedule {

    private static final Logger LOG = Logger.getLogger(DeliverySchedule.class);

    private final Deliverer deliverer;
    private final Rounds rounds;

    DeliverySchedule(Deliverer deliverer, Rounds rounds) {
        this.deliverer = deliverer;
        this.rounds = rounds;
    }

    @Scheduled(identity = "webhooks", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> deliver() {
        return rounds.runWhileAny(deliverer::deliver)
                .onFailure()
                .invoke(failure -> LOG.warnf("webhooks pause, and go on shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
