package io.flowmaestro.connections.scheduled;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends the rounds of a service that is told to stop before anything that they use ends. The scheduler itself stops only with
 * its own bean: it would go on to trigger jobs of a container that is gone.
 */
@ApplicationScoped
class EndOfRounds {

    private static final Logger LOG = Logger.getLogger(EndOfRounds.class);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int BEFORE_ALL_OTHERS = 1;

    private final Rounds rounds;
    private final Scheduler scheduler;
    private final Vertx vertx;

    EndOfRounds(Rounds rounds, Scheduler scheduler, Vertx vertx) {
        this.rounds = rounds;
        this.scheduler = scheduler;
        this.vertx = vertx;
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void finish(@Observes @Priority(BEFORE_ALL_OTHERS) ShutdownEvent stop) {
        rounds.stop();
        if (scheduler.isStarted()) {
            scheduler.pause();
            letTriggeredOnesBegin();
        }
        rounds.await();
    }

    /** They were handed to the event loops already, and find out there that there is no more to do. */
    private void letTriggeredOnesBegin() {
        for (var loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            if (!loop.submit(() -> {}).awaitUninterruptibly(LONGEST.toMillis())) {
                LOG.debug("An event loop is busy, and is not waited for");
            }
        }
    }
}
