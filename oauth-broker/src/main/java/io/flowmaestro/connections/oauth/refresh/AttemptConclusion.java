package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.token.TokenAnswer;
import io.flowmaestro.connections.oauth.token.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What follows from an attempt. Every write is bound to the attempt's generation, so a loser overwrites nobody. */
@ApplicationScoped
class AttemptConclusion {

    private static final Logger LOG = Logger.getLogger(AttemptConclusion.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final ConnectionWriter writer;
    private final Connections connections;
    private final Sealing sealing;

    AttemptConclusion(ConnectionWriter writer, Connections connections, Sealing sealing) {
        this.writer = writer;
        this.connections = connections;
        this.sealing = sealing;
    }

    /** Tokens are handed out only once they are stored. */
    Uni<RefreshOutcome> publish(RefreshAttempt.Answered answered) {
        var lease = answered.lease();
        var renewed = lease.connection().tokens().renewedBy(answered.grant());
        return writer.publish(
                        lease.id(),
                        lease.connection().stored(),
                        lease.generation(),
                        TokenData.write(renewed),
                        renewed.expiresAt())
                .chain(outcome -> switch (outcome) {
                    case WriteOutcome.Written written -> renewed(answered, written.generation());
                    case WriteOutcome.Moved _ -> newest(lease);
                });
    }

    private static Uni<RefreshOutcome> renewed(RefreshAttempt.Answered answered, long generation) {
        var connection = answered.lease().connection().renewed(answered.grant(), generation);
        return Uni.createFrom().item(new RefreshOutcome.Renewed(connection));
    }

    /** Somebody newer has written meanwhile: that is what counts, and it is served. */
    private Uni<RefreshOutcome> newest(RefreshAttempt.Leased lease) {
        var stored = lease.connection().stored();
        return connections
                .require(stored.owner(), stored.id())
                .map(StoredConnection::requireActive)
                .chain(this::open);
    }

    private Uni<RefreshOutcome> open(StoredConnection stored) {
        return sealing.open(stored)
                .map(data -> new RefreshOutcome.Renewed(new OpenConnection(stored, TokenData.read(data))));
    }

    Uni<RefreshOutcome> refused(RefreshAttempt.Refused refused) {
        var stored = refused.lease().connection().stored();
        if (!refused.answer().grantInvalid()) {
            LOG.warnf(
                    "%s refuses our client: %s",
                    stored.provider(), refused.answer().error());
            return Uni.createFrom().item(new RefreshOutcome.Postponed(clientRefused(stored, refused.answer())));
        }
        return connections
                .require(stored.owner(), stored.id())
                .chain(now ->
                        now.generation() == refused.lease().generation() ? expire(refused) : newest(refused.lease()));
    }

    /** The registry compares the generation again: between our look and its write somebody may reconnect. */
    private Uni<RefreshOutcome> expire(RefreshAttempt.Refused refused) {
        String reason = "the provider no longer accepts the refresh token: "
                + refused.answer().error();
        return connections
                .mark(refused.lease().connection().stored(), ConnectionStatus.EXPIRED, reason)
                .chain(outcome -> switch (outcome) {
                    case WriteOutcome.Written _ ->
                        Uni.createFrom()
                                .item(new RefreshOutcome.Withdrawn(
                                        StoredConnection.notActive(ConnectionStatus.EXPIRED, reason)));
                    case WriteOutcome.Moved _ -> newest(refused.lease());
                });
    }

    /** A fault of the moment: the connection's status stays as it is. */
    Uni<RefreshOutcome> postponed(RefreshAttempt.Unanswered unanswered) {
        var stored = unanswered.lease().connection().stored();
        LOG.infof(
                "Refreshing %s at %s: %s",
                stored.id(), stored.provider(), unanswered.answer().reason());
        return Uni.createFrom()
                .item(new RefreshOutcome.Postponed(new ProblemException(
                                OAuthProblem.PROVIDER_UNAVAILABLE,
                                "The token of this connection is due, and %s. The connection is unchanged; try again later."
                                        .formatted(unanswered.answer().reason()))
                        .retryAfter(unanswered.answer().retryAfter())));
    }

    private static ProblemException clientRefused(StoredConnection stored, TokenAnswer.Refused answer) {
        return new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s refused to refresh the token (%s). The connection is unchanged; ask an operator to check the provider's client credentials."
                                .formatted(stored.provider(), answer.error()))
                .retryAfter(RETRY);
    }
}
