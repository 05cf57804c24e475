package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauth.attempt.LeftOverClaims;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Looks on every replica for refreshes that were left over, so that they end without anybody asking for the connection. */
@ApplicationScoped
class LeftOverSchedule {

    private static final Logger LOG = Logger.getLogger(LeftOverSchedule.class);
    private static final int AT_ONCE = 16;

    private final LeftOverClaims claims;
    private final LeftOvers leftOvers;
    private final Rounds rounds;

    LeftOverSchedule(LeftOverClaims claims, LeftOvers leftOvers, Rounds rounds) {
        this.claims = claims;
        this.leftOvers = leftOvers;
        this.rounds = rounds;
    }

    @Scheduled(
            identity = "left-over-refreshes",
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> finish() {
        return rounds.run(() -> logged(claims.unpublished(AT_ONCE).chain(this::all)));
    }

    private Uni<Void> all(List<LeftOverClaims.LeftOver> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(this::finish)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> finish(LeftOverClaims.LeftOver leftOver) {
        return leftOvers
                .finish(leftOver.user(), leftOver.attempt())
                .invoke(outcome -> outcome.ifPresent(
                        _ -> LOG.infof("Attempt %s was left over, and has come to its end", leftOver.attempt())))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Attempt %s is left over and is tried again in a minute: %s", leftOver.attempt(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    @Scheduled(
            identity = "old-refreshes",
            every = "1h",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return rounds.run(() -> logged(claims.prune().replaceWithVoid()));
    }

    private static Uni<Void> logged(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("The log of refreshes waits for PostgreSQL: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
