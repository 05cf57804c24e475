package io.flowmaestro.connections.registry.health;

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

/** Looks for what is due, on every replica. */
@ApplicationScoped
class HealthSchedule {

    private static final Logger LOG = Logger.getLogger(HealthSchedule.class);

    private final HealthMonitor monitor;
    private final Expiries expiries;
    private final StatusGauges gauges;
    private final Rounds rounds;

    HealthSchedule(HealthMonitor monitor, Expiries expiries, StatusGauges gauges, Rounds rounds) {
        this.monitor = monitor;
        this.expiries = expiries;
        this.gauges = gauges;
        this.rounds = rounds;
    }

    void check(@Observes StartupEvent start, HealthConfig config) {
        if (config.atOnce() < 0 || config.perProvider() < 1) {
            throw new ConfigurationException(Refusal.of(
                    List.of("registry.health.at-once must be 0 or more, and registry.health.per-provider 1 or more.")));
        }
    }

    @Scheduled(
            identity = "daily-tests",
            every = "5s",
            delayed = "15s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> test() {
        return logged(rounds.runWhileAny(monitor::round), "daily tests");
    }

    @Scheduled(
            identity = "expiries",
            every = "1m",
            delayed = "15s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return logged(rounds.runWhileAny(expiries::tell), "notices of expiry");
    }

    @Scheduled(identity = "status-gauges", every = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return logged(rounds.run(gauges::count), "the count of connections");
    }

    private static Uni<Void> logged(Uni<Void> work, String name) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("%s pause, and go on shortly: %s", name, failure))
                .onFailure()
                .recoverWithNull();
    }
}
