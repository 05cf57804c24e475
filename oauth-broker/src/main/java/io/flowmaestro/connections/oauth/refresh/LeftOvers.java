package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.attempt.AttemptLog;
import io.flowmaestro.connections.oauth.attempt.Ending;
import io.flowmaestro.connections.oauth.attempt.Kept;
import io.flowmaestro.connections.oauth.attempt.Lease;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Finishes attempts whose answer is kept and whose replica did not come to the end: it crashed, or a peer was away. */
@ApplicationScoped
class LeftOvers {

    /** Longer than a deletion can be taken back, for a registry that does not say whether it can. */
    private static final Duration UNDO = Duration.ofMinutes(15);

    private final AttemptLog attempts;
    private final Connections connections;
    private final Sealing sealing;
    private final Conclusion conclusion;
    private final Publication publication;

    LeftOvers(
            AttemptLog attempts,
            Connections connections,
            Sealing sealing,
            Conclusion conclusion,
            Publication publication) {
        this.attempts = attempts;
        this.connections = connections;
        this.sealing = sealing;
        this.conclusion = conclusion;
        this.publication = publication;
    }

    /** Empty where somebody else has finished it meanwhile. */
    Uni<Optional<RefreshOutcome>> finish(UUID user, UUID attempt) {
        return attempts.reopen(user, attempt)
                .chain(kept -> kept.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : resume(kept.get()).map(Optional::of));
    }

    /** Published as it was meant to be: the registry knows whether it has been, and whether it is too late. */
    private Uni<RefreshOutcome> resume(Kept kept) {
        var lease = kept.lease();
        return connections
                .require(lease.user(), lease.connection())
                .call(() -> attempts.there(lease))
                .chain(now -> sealing.open(now)
                        .map(data -> new OpenConnection(now, TokenData.read(data), lease.generation())))
                .chain(renewed -> conclusion.of(kept, renewed))
                .onFailure(LeftOvers::isGone)
                .call(() -> gone(lease));
    }

    /**
     * While a deletion can be taken back, these tokens may be needed. It may be much younger than they are, and not the one that
     * was seen first: only the registry knows whether it can. While that is away nothing is decided.
     */
    private Uni<Void> gone(Lease lease) {
        return connections
                .mayComeBack(lease.user(), lease.connection())
                .chain(mayComeBack -> mayComeBack ? attempts.there(lease) : missing(lease))
                .onFailure(ProblemException.class)
                .recoverWithNull();
    }

    private Uni<Void> missing(Lease lease) {
        return attempts.missing(lease, UNDO)
                .chain(forGood -> forGood
                        ? publication.recorded(lease, Ending.UNWANTED)
                        : Uni.createFrom().voidItem());
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CONNECTION_NOT_FOUND;
    }
}
