package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Looks on every replica for grants that are not settled, and that nobody is at. */
@ApplicationScoped
class PendingGrantSchedule {

    private static final Logger LOG = Logger.getLogger(PendingGrantSchedule.class);
    private static final int AT_ONCE = 16;

    private final PendingGrantClaims claims;
    private final PendingGrants grants;
    private final Rounds rounds;

    PendingGrantSchedule(PendingGrantClaims claims, PendingGrants grants, Rounds rounds) {
        this.claims = claims;
        this.grants = grants;
        this.rounds = rounds;
    }

    @Scheduled(
            identity = "pending-grants",
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> settle() {
        return rounds.run(() -> logged(claims.claim(AT_ONCE).chain(this::all)));
    }

    private Uni<Void> all(List<PendingGrantClaims.Claimed> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(one -> logged(grants.resume(one.user(), one.id())))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> logged(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure ->
                        LOG.warnf("Grants that are not settled are looked at again in a minute: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
