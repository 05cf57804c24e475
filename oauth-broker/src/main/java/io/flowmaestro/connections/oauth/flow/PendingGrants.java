package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.GrantsUnderWay;
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
class PendingGrants implements GrantsUnderWay {

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
                                : tell(grant, settlement).chain(() -> record(grant, settlement))));
    }

    /** Goes on with a grant that was left over, if it still is. */
    Uni<Void> resume(UUID user, UUID id) {
        return grants.find(user, id)
                .chain(found ->
                        found.map(this::resume).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> resume(PendingGrant grant) {
        if (grant.refused()) {
            var refused = new Settlement.Refused(GrantWrites.notTaken());
            return tell(grant, refused).chain(() -> end(grant, refused.why()));
        }
        return writes.write(grant)
                .chain(settlement -> settlement instanceof Settlement.Unknown && isOlderThan(LONGEST, grant)
                        ? giveUp(grant)
                        : tell(grant, settlement).chain(() -> record(grant, settlement)));
    }

    @Override
    public Uni<Void> callOff(UUID owner, UUID connection) {
        return grants.callOff(owner, connection);
    }

    /**
     * Revoked by the next round, after a look: by then nothing of the last write is on its way any more. A connection that was
     * to be renewed may have been, and what it has now may come of these tokens.
     */
    private Uni<Void> giveUp(PendingGrant tried) {
        return grants.find(tried.user(), tried.id())
                .chain(found -> found.map(grant -> {
                            if (grant.target() instanceof PendingGrant.Bound) {
                                var superseded = new Settlement.Superseded();
                                return tell(grant, superseded).chain(() -> record(grant, superseded));
                            }
                            return tell(grant, new Settlement.Refused(GrantWrites.notTaken()))
                                    .chain(() -> grants.refuse(grant))
                                    .replaceWithVoid();
                        })
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> record(PendingGrant grant, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Stored _ -> grants.remove(grant);
            case Settlement.Superseded _ -> grants.remove(grant).invoke(() -> unstored.superseded(grant));
            case Settlement.Refused refused ->
                grants.refuse(grant)
                        .chain(there -> there
                                ? end(grant, refused.why())
                                : Uni.createFrom().voidItem());
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
            case Settlement.Stored _ -> flows.succeed(grant.user(), flow, grant.connection());
            case Settlement.Superseded _ -> fail(grant, flow, GrantStore.superseded());
            case Settlement.Refused refused -> fail(grant, flow, GrantStore.startAgain(refused.why()));
            case Settlement.Unknown _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> fail(PendingGrant grant, UUID flow, ProblemException told) {
        return flows.fail(grant.user(), flow, told.code().code(), told.detail());
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
