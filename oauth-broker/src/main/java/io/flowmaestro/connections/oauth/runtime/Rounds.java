package io.flowmaestro.connections.oauth.runtime;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Scheduled work. A replica that is told to stop begins no more of it, and waits for what is under way, so that no claim is
 * made for nobody and no call is torn off.
 */
@ApplicationScoped
public class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int BEFORE_ALL_OTHERS = 1;

    private final WorkUnderWay rounds = new WorkUnderWay();

    /** Whether nothing more should be begun. */
    public boolean isOver() {
        return rounds.isStopping();
    }

    public Uni<Void> run(Supplier<Uni<Void>> round) {
        return Uni.createFrom()
                .deferred(() -> rounds.begin()
                        ? Uni.createFrom().deferred(round::get).onTermination().invoke(rounds::end)
                        : Uni.createFrom().voidItem());
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void finish(@Observes @Priority(BEFORE_ALL_OTHERS) ShutdownEvent stop) {
        rounds.stop();
        if (!rounds.await(LONGEST)) {
            LOG.debugf("%d rounds of scheduled work are left to their end", rounds.left());
        }
    }
}
