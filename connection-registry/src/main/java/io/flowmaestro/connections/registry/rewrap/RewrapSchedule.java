package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Looks for rewraps to do, on every replica. All state is in PostgreSQL, so whoever comes back goes on from there. */
@ApplicationScoped
class RewrapSchedule {

    static final String IDENTITY = "rewrap";

    private static final Logger LOG = Logger.getLogger(RewrapSchedule.class);

    private final RewrapWorker worker;
    private final Rounds rounds;

    RewrapSchedule(RewrapWorker worker, Rounds rounds) {
        this.worker = worker;
        this.rounds = rounds;
    }

    void check(@Observes StartupEvent start, RewrapConfig config) {
        if (config.rowsPerSecond() < 1 || config.usersAtOnce() < 1) {
            throw new ConfigurationException(Refusal.of(
                    List.of("registry.rewrap.rows-per-second and registry.rewrap.users-at-once must be 1 or more.")));
        }
    }

    @Scheduled(identity = IDENTITY, every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return rounds.run(worker::work)
                .onFailure()
                .invoke(failure -> LOG.warnf("the rewrap pauses, and goes on shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
