package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

/** Workers that tests drive themselves, each with a state of its own as in a replica. The schedule rests meanwhile. */
@ApplicationScoped
class Workers {

    private final RewrapRuns runs;
    private final RewrapService service;
    private final Claims claims;
    private final SealedRows rows;
    private final Rewrapper rewrapper;
    private final RewrapMetrics metrics;
    private final RewrapConfig config;
    private final Clock clock;
    private final Scheduler scheduler;

    Workers(
            RewrapRuns runs,
            RewrapService service,
            Claims claims,
            SealedRows rows,
            Rewrapper rewrapper,
            RewrapMetrics metrics,
            RewrapConfig config,
            Clock clock,
            Scheduler scheduler) {
        this.runs = runs;
        this.service = service;
        this.claims = claims;
        this.rows = rows;
        this.rewrapper = rewrapper;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    void rest() {
        scheduler.pause(RewrapSchedule.IDENTITY);
    }

    void resume() {
        scheduler.resume(RewrapSchedule.IDENTITY);
    }

    RewrapWorker worker() {
        return worker(config);
    }

    RewrapWorker worker(RewrapConfig config) {
        VaultWatch vault = new VaultWatch(new Backoff(clock, new Random(1)), runs);
        UserRewrap users = new UserRewrap(rows, rewrapper, vault, metrics, clock);
        return new RewrapWorker(runs, service, claims, users, vault, config, new Rounds(), clock);
    }

    /** A worker's turn, to its end. */
    void turn() {
        await(worker().work());
    }

    long started() {
        await(service.start());
        return progress().runNumber();
    }

    RewrapProgress progress() {
        return await(service.progress());
    }

    static RewrapConfig config(int rowsPerSecond, Duration settle) {
        return new RewrapConfig() {
            @Override
            public int rowsPerSecond() {
                return rowsPerSecond;
            }

            @Override
            public int usersAtOnce() {
                return 4;
            }

            @Override
            public Duration settle() {
                return settle;
            }
        };
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(60));
    }
}
