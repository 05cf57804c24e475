package io.flowmaestro.connections.oauth.background;

import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.flowmaestro.connections.scheduled.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Refreshes what is due, on all replicas together: each claims a handful at a time. A crash leaves claims that lapse
 * within a minute, long before the tokens end.
 */
@ApplicationScoped
class BackgroundRefresh {

    private static final Logger LOG = Logger.getLogger(BackgroundRefresh.class);
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final DueRefreshes due;
    private final RefreshService refreshes;
    private final BackgroundConfig config;
    private final Lanes lanes;
    private final Rounds rounds;
    private final MeterRegistry metrics;

    BackgroundRefresh(
            DueRefreshes due, RefreshService refreshes, BackgroundConfig config, Rounds rounds, MeterRegistry metrics) {
        this.due = due;
        this.refreshes = refreshes;
        this.config = config;
        this.lanes = new Lanes(config.perProvider());
        this.rounds = rounds;
        this.metrics = metrics;
    }

    /** Goes on for as long as there is something due. */
    @Scheduled(
            identity = "background-refresh",
            every = "2s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return config.atOnce() == 0 ? Uni.createFrom().voidItem() : rounds.run(this::all);
    }

    private Uni<Void> all() {
        var horizon = refreshes.horizon();
        return Multi.createBy()
                .repeating()
                .uni(() -> claim(horizon))
                .whilst(claimed -> !claimed.isEmpty() && !rounds.isOver())
                .onItem()
                .transformToIterable(claimed -> claimed)
                .onItem()
                .transformToUni(connection -> refresh(connection, horizon))
                .merge(config.atOnce())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Without the registry there is nothing more to do for now; what is under way goes on. */
    private Uni<List<DueRefreshes.Due>> claim(Duration horizon) {
        return due.claim(config.atOnce(), horizon, CLAIM)
                .onFailure()
                .invoke(failure -> LOG.warnf("Refreshing ahead of time pauses, and goes on shortly: %s", failure))
                .onFailure()
                .recoverWithItem(List.of());
    }

    private Uni<Boolean> refresh(DueRefreshes.Due connection, Duration horizon) {
        return lanes.run(
                        connection.provider(),
                        () -> refreshes.renewAhead(connection.user(), connection.id(), connection.provider(), horizon))
                .invoke(renewed -> count(renewed ? "renewed" : "put-off"))
                .onFailure()
                .invoke(failure -> LOG.debugf("%s is refreshed later: %s", connection.id(), failure))
                .onFailure()
                .recoverWithItem(() -> {
                    count("failed");
                    return false;
                });
    }

    private void count(String outcome) {
        metrics.counter("connections.oauth.background.refreshes", "outcome", outcome)
                .increment();
    }
}
