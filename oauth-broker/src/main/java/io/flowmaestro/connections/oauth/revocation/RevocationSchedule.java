package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.oauth.attempt.LeftOverClaims;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Looks for what is to be revoked, on every replica. */
@ApplicationScoped
class RevocationSchedule {

    private static final Logger LOG = Logger.getLogger(RevocationSchedule.class);
    private static final int AT_ONCE = 16;
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private final RevocationQueue queue;
    private final LeftOverClaims leftOvers;
    private final RevocationWork work;
    private final Rounds rounds;

    RevocationSchedule(RevocationQueue queue, LeftOverClaims leftOvers, RevocationWork work, Rounds rounds) {
        this.queue = queue;
        this.leftOvers = leftOvers;
        this.work = work;
        this.rounds = rounds;
    }

    @Scheduled(
            identity = "revocations",
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> ofConnections() {
        return rounds.run(() ->
                logged(queue.claim(AT_ONCE, CLAIM).chain(claimed -> each(claimed, work::ofConnection))));
    }

    @Scheduled(
            identity = "unwanted-tokens",
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> ofUnwantedTokens() {
        return rounds.run(() -> logged(leftOvers.unwanted(AT_ONCE).chain(claimed -> each(claimed, work::ofTokens))));
    }

    private static <T> Uni<Void> each(List<T> claimed, Function<T, Uni<Void>> end) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(one -> logged(end.apply(one)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> logged(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("A revocation is tried again later: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
