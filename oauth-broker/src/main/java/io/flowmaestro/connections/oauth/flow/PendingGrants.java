package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Grants on their way into the registry. Each is written down before the registry is asked, and stays until it is settled: a
 * crash, or a registry that does not answer, leaves a row from which any replica goes on. It repeats the very same write,
 * which the registry does once: a look would prove nothing while an earlier request may still be on its way there.
 */
@ApplicationScoped
class PendingGrants {

    private static final Logger LOG = Logger.getLogger(PendingGrants.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A registry that has answered by then fails at this one each time. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration LONGEST_AT_PROVIDER = Duration.ofDays(7);

    private final PendingGrantRepository grants;
    private final GrantWrites writes;
    private final UnstoredTokens unstored;
    private final FlowRepository flows;
    private final Clock clock;

    PendingGrants(
            PendingGrantRepository grants,
            GrantWrites writes,
            UnstoredTokens unstored,
            FlowRepository flows,
            Clock clock) {
        this.grants = grants;
        this.writes = writes;
        this.unstored = unstored;
        this.flows = flows;
        this.clock = clock;
    }

    /** Writes a grant down. Where that fails nobody will store it, and its row is removed in case that there is one. */
    Uni<Void> keep(PendingGrant grant) {
        return grants.insert(grant).onFailure().call(failure -> logged(grant, grants.remove(grant)));
    }

    /** Has the registry store a grant that is kept, and records what came of it. Never fails. */
    Uni<Settlement> settle(PendingGrant grant) {
        return writes.write(grant)
                .call(settlement -> logged(
                        grant,
                        settlement instanceof Settlement.Unknown
                                ? grants.release(grant, SOON)
                                : record(grant, settlement)));
    }

    /** Goes on with a grant that was left over, if it still is. */
    Uni<Void> resume(UUID user, UUID id) {
        return grants.find(user, id)
                .chain(found ->
                        found.map(this::resume).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> resume(PendingGrant grant) {
        if (grant.refused()) {
            return end(grant, GrantWrites.notTaken());
        }
        return isOlderThan(LONGEST, grant)
                ? giveUp(grant)
                : writes.write(grant)
                        .call(settlement -> tell(grant, settlement))
                        .chain(settlement -> record(grant, settlement));
    }

    /**
     * Revoked by the next round, after a look: by then nothing of the last write is on its way any more. A connection that was
     * to be renewed may have been, and what it has now may come of these tokens.
     */
    private Uni<Void> giveUp(PendingGrant grant) {
        if (grant.target() instanceof PendingGrant.Bound) {
            var superseded = new Settlement.Superseded();
            return tell(grant, superseded).chain(() -> record(grant, superseded));
        }
        return tell(grant, new Settlement.Refused(GrantWrites.notTaken())).chain(() -> grants.refuse(grant));
    }

    private Uni<Void> record(PendingGrant grant, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Stored _ -> grants.remove(grant);
            case Settlement.Superseded _ -> grants.remove(grant).invoke(() -> unstored.superseded(grant));
            case Settlement.Refused refused -> grants.refuse(grant).chain(() -> end(grant, refused.why()));
            case Settlement.Unknown _ -> Uni.createFrom().voidItem();
        };
    }

    /** Tokens of a grant that the registry refused. A provider, registry or vault that is away is asked again. */
    private Uni<Void> end(PendingGrant grant, ProblemException why) {
        return unstored.ofRefused(grant, why)
                .chain(over -> over || isOlderThan(LONGEST_AT_PROVIDER, grant)
                        ? grants.remove(grant)
                        : Uni.createFrom().voidItem());
    }

    /** Before the row goes: as long as it is there the flow is pending. */
    private Uni<Void> tell(PendingGrant grant, Settlement settlement) {
        UUID flow = grant.flow();
        if (flow == null) {
            return Uni.createFrom().voidItem();
        }
        return switch (settlement) {
            case Settlement.Stored _, Settlement.Superseded _ -> flows.succeed(grant.user(), flow, grant.connection());
            case Settlement.Refused refused -> {
                var told = GrantStore.startAgain(refused.why());
                yield flows.fail(grant.user(), flow, told.code().code(), told.detail());
            }
            case Settlement.Unknown _ -> Uni.createFrom().voidItem();
        };
    }

    private boolean isOlderThan(Duration age, PendingGrant grant) {
        return grant.since().plus(age).isBefore(clock.instant());
    }

    /** The row stays as it is, and whoever claims it next repeats what was done. */
    private static Uni<Void> logged(PendingGrant grant, Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("What became of grant %s is not on record: %s", grant.id(), failure))
                .onFailure()
                .recoverWithNull();
    }
}
