package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.GrantOutcome;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Asks the registry to store grants. Whatever is asked may be asked again, and is then done once. */
@ApplicationScoped
class GrantWrites {

    private static final Logger LOG = Logger.getLogger(GrantWrites.class);
    private static final int AGAIN = 3;

    /** Longer than a deletion can be taken back. */
    private static final Duration UNDO = Duration.ofMinutes(15);

    private final ConnectionWriter writer;
    private final PendingGrantRepository grants;

    GrantWrites(ConnectionWriter writer, PendingGrantRepository grants) {
        this.writer = writer;
        this.grants = grants;
    }

    /** Never fails. */
    Uni<Settlement> write(PendingGrant grant) {
        return Uni.createFrom()
                .deferred(() -> switch (grant.target()) {
                    case PendingGrant.Made made -> writer.create(grant.of(made)).map(GrantWrites::settled);
                    case PendingGrant.Renewed _ -> renew(grant, AGAIN);
                    case PendingGrant.Bound bound -> renewOnceMore(grant, bound);
                })
                .onFailure()
                .recoverWithItem(failure -> unknown(grant, failure));
    }

    /** Nobody has asked for this grant before, or what was asked was not done. */
    private Uni<Settlement> renew(PendingGrant grant, int times) {
        return writer.current(grant.user(), grant.connection())
                .onItemOrFailure()
                .transformToUni((former, failure) ->
                        failure == null ? renewOver(former, grant, times) : refusedIfMissing(failure));
    }

    /** A refresh may write at the same moment, so a loser looks again. After a try that says nothing there are no losers. */
    private Uni<Settlement> renewOver(StoredConnection former, PendingGrant grant, int times) {
        var bound = new PendingGrant.Bound(former.generation());
        return grants.bind(grant, bound.generation())
                .chain(kept -> writer.renewOnce(kept.over(bound))
                        .onItemOrFailure()
                        .transformToUni((outcome, failure) -> switch (outcome) {
                            case null -> isMissing(failure) ? refusedIfMissing(failure) : renewOnceMore(kept, bound);
                            case GrantOutcome.Moved _
                            when times > 0 ->
                                grants.unbind(kept, bound.generation()).chain(free -> renew(free, times - 1));
                            case GrantOutcome.Moved _ -> Uni.createFrom().item(new Settlement.Refused(contested()));
                            case GrantOutcome.Granted _, GrantOutcome.Refused _ ->
                                Uni.createFrom().item(settled(outcome));
                        }));
    }

    /** Of a connection that is deleted, and was not written to. */
    private static Uni<Settlement> refusedIfMissing(Throwable failure) {
        return isMissing(failure)
                ? Uni.createFrom().item(new Settlement.Refused((ProblemException) failure))
                : Uni.createFrom().failure(failure);
    }

    /**
     * It may have been written the first time, and refreshed since: over another generation it would put spent tokens. A
     * connection that is deleted may come back, with what was written.
     */
    private Uni<Settlement> renewOnceMore(PendingGrant grant, PendingGrant.Bound bound) {
        return writer.renew(grant.over(bound))
                .map(GrantWrites::settled)
                .onFailure(GrantWrites::isMissing)
                .recoverWithUni(failure -> grants.missing(grant, UNDO)
                        .chain(gone -> gone
                                ? refusedIfMissing(failure)
                                : Uni.createFrom().failure(failure)));
    }

    private static Settlement settled(GrantOutcome outcome) {
        return switch (outcome) {
            case GrantOutcome.Granted granted -> new Settlement.Stored(granted.summary());
            case GrantOutcome.Moved _ -> new Settlement.Superseded();
            case GrantOutcome.Refused _ -> new Settlement.Refused(notTaken());
        };
    }

    static ProblemException notTaken() {
        return new ProblemException(
                OAuthProblem.GRANT_NOT_STORED, "The connection registry does not take what the provider granted.");
    }

    private static ProblemException contested() {
        return new ProblemException(
                OAuthProblem.REFRESH_UNAVAILABLE, "The connection was changed again and again at this moment.");
    }

    private static Settlement unknown(PendingGrant grant, Throwable failure) {
        LOG.warnf(
                "Nobody knows whether connection %s has what %s granted; the registry is asked again: %s",
                grant.connection(), grant.provider(), failure);
        return new Settlement.Unknown(
                new ProblemException(
                        OAuthProblem.GRANT_PENDING,
                        "The provider agreed, but the connection registry does not say whether it has the connection. What was granted is kept, and stored as soon as the registry answers. Do not start again yet: look at your connections in a few minutes."));
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CONNECTION_NOT_FOUND;
    }
}
