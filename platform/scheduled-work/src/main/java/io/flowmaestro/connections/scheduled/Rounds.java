package io.flowmaestro.connections.scheduled;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final WorkUnderWay rounds = new WorkUnderWay();

    /** Whether nothing more should be begun. */
    public boolean isOver() {
        return rounds.isStopping();
    }

    /** The round, unless the replica is about to stop; then nothing. */
    public Uni<Void> run(Supplier<Uni<Void>> round) {
        return Uni.createFrom()
                .deferred(() -> rounds.begin()
                        ? Uni.createFrom().deferred(round::get).onTermination().invoke(rounds::end)
                        : Uni.createFrom().voidItem());
    }

    /** A round again and again, for as long as it finds something to do. */
    public Uni<Void> runWhileAny(Supplier<Uni<Integer>> round) {
        return run(() -> Uni.createFrom()
                .deferred(round::get)
                .repeat()
                .whilst(done -> done > 0 && !isOver())
                .collect()
                .last()
                .replaceWithVoid());
    }

    /** Lets no more begin. To be called once, before {@link #await}. */
    void stop() {
        rounds.stop();
    }

    /** Blocks until those under way have ended, for the main thread of a replica that stops. */
    void await() {
        if (!rounds.await(LONGEST)) {
            LOG.debugf("%d rounds of scheduled work are left to their end", rounds.left());
        }
    }
}
