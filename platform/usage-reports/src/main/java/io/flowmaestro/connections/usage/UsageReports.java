package io.flowmaestro.connections.usage;

import io.flowmaestro.connections.http.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Reports to connection-registry that connections were used. Events wait in a bounded buffer in memory and are sent in
 * the background; a process that is killed loses those that wait.
 */
@ApplicationScoped
public class UsageReports {

    private static final Logger LOG = Logger.getLogger(UsageReports.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Room room = new Room();
    private final UsageMetrics metrics;
    private final Deliveries deliveries;

    UsageReports(UsageSink sink, Loop loop, RandomGenerator random, MeterRegistry registry) {
        metrics = new UsageMetrics(registry, room);
        deliveries = new Deliveries(sink, room, metrics, new Backoff(random), loop);
    }

    /**
     * Keeps a place for the event of work that is about to begin. Never blocks.
     *
     * @return to be filled, or released when nothing was used after all; in every way that the work can end
     * @throws ProblemException 503 {@code usage-buffer-full}: usage that cannot be recorded is refused
     */
    public UsageSlot reserve() {
        if (room.take()) {
            return new UsageSlot(deliveries, room);
        }
        metrics.refused();
        throw new ProblemException(
                        UsageProblem.USAGE_BUFFER_FULL,
                        "More usage waits to be recorded than can be kept, so nothing more is used for now."
                                + " Try again shortly; an operator should see why connection-registry takes no reports.")
                .retryAfter(RETRY);
    }

    /**
     * Reports what was used, where nothing is lost by refusing it now. Never blocks.
     *
     * @throws ProblemException 503 {@code usage-buffer-full}
     */
    public void record(UsageEvent event) {
        reserve().fill(event);
    }

    /** Drops the events that wait of a user who is being erased, and gives their number. */
    public Uni<Integer> forget(UUID user) {
        return Uni.createFrom().emitter(caller -> deliveries.forget(user, caller::complete));
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void flush(@Observes ShutdownEvent stopping) {
        try {
            int lost = deliveries.close(CLOSING).get(CLOSING.toMillis() + 1000, TimeUnit.MILLISECONDS);
            if (lost > 0) {
                metrics.lost(lost);
                LOG.errorf("%d usage events were not delivered before the end, and are lost", lost);
            }
        } catch (ExecutionException | TimeoutException stuck) {
            LOG.errorf("Usage events could not be delivered before the end: %s", stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
