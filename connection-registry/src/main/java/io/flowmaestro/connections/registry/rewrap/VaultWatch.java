package io.flowmaestro.connections.registry.rewrap;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Whether this replica leaves the vault alone for now; a run's progress tells so too. */
@ApplicationScoped
class VaultWatch {

    private static final Logger LOG = Logger.getLogger(VaultWatch.class);

    private final Backoff backoff;
    private final RewrapRuns runs;

    VaultWatch(Backoff backoff, RewrapRuns runs) {
        this.backoff = backoff;
        this.runs = runs;
    }

    boolean isAway() {
        return backoff.isWaiting();
    }

    void answered() {
        backoff.succeeded();
    }

    /** Nothing is marked in any row. Failures of calls that were under way together make one wait. */
    Uni<Void> wentAway(long run, RewrapAnswer.Away away) {
        return backoff.failed(away.retryAfter())
                .map(wait -> {
                    LOG.warnf(
                            "credential-vault does not rewrap: %s; trying again in %d ms",
                            away.reason(), wait.toMillis());
                    return runs.vaultAway(run);
                })
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
