package io.flowmaestro.connections.registry.revocation;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks for what is overdue, on every replica. */
@ApplicationScoped
class RevocationSchedule {

    private static final Logger LOG = Logger.getLogger(RevocationSchedule.class);

    private final RevocationService revocations;
    private final Rounds rounds;

    RevocationSchedule(RevocationService revocations, Rounds rounds) {
        this.revocations = revocations;
        this.rounds = rounds;
    }

    @Scheduled(
            identity = "overdue-revocations",
            every = "10m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> giveUp() {
        return rounds.runWhileAny(revocations::giveUp)
                .onFailure()
                .invoke(failure -> LOG.warnf("overdue revocations wait, and are looked at in ten minutes: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
