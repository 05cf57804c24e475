package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemCode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.attempt.AttemptLog;
import io.flowmaestro.connections.oauth.attempt.Ending;
import io.flowmaestro.connections.oauth.attempt.Kept;
import io.flowmaestro.connections.oauth.attempt.Lease;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * From issued tokens to tokens in the registry. Every write is bound to the attempt's generation, so a loser overwrites
 * nobody, and to the attempt's id, so it may be repeated. A crash leaves the attempt {@code answered}, and whoever comes
 * next goes on from there.
 */
@ApplicationScoped
class Publication {

    private static final Logger LOG = Logger.getLogger(Publication.class);
    private static final Set<ProblemCode> GONE =
            Set.of(OAuthProblem.CONNECTION_NOT_FOUND, OAuthProblem.CONNECTION_NOT_ACTIVE);

    private final AttemptLog attempts;
    private final ConnectionWriter writer;
    private final Connections connections;
    private final Sealing sealing;
    private final RefreshEvents events;

    Publication(
            AttemptLog attempts,
            ConnectionWriter writer,
            Connections connections,
            Sealing sealing,
            RefreshEvents events) {
        this.attempts = attempts;
        this.writer = writer;
        this.connections = connections;
        this.sealing = sealing;
        this.events = events;
    }

    /**
     * Publishes what an attempt was granted, in place of the tokens that it renewed. While the registry or the vault is
     * away the tokens are served all the same: they are safe in the log.
     */
    Uni<RefreshOutcome> publish(Kept kept, TokenGrant grant, OpenConnection renewed) {
        var lease = kept.lease();
        return write(lease, grant, renewed)
                .map(outcome -> written(lease, outcome, grant, renewed))
                .onFailure(Publication::isOfTheMoment)
                .recoverWithItem(failure -> leftOver(lease, renewed.renewed(grant, renewed.generation() + 1), failure))
                .onFailure(Publication::isGone)
                .recoverWithItem(failure -> gone(lease, (ProblemException) failure))
                .chain(Function.identity());
    }

    private Uni<RefreshOutcome> written(Lease lease, WriteOutcome outcome, TokenGrant grant, OpenConnection renewed) {
        return switch (outcome) {
            case WriteOutcome.Written written -> published(lease, renewed.renewed(grant, written.generation()));
            case WriteOutcome.Moved _ -> late(lease, renewed.stored());
        };
    }

    private Uni<WriteOutcome> write(Lease lease, TokenGrant grant, OpenConnection renewed) {
        var tokens = renewed.tokens().renewedBy(grant);
        return writer.publish(
                lease.attempt(),
                renewed.stored(),
                renewed.generation(),
                TokenData.write(tokens),
                tokens.expiresAt(),
                metadata(grant));
    }

    /** A provider that does not say what it grants grants what it did (RFC 6749, 6). */
    private static Map<String, Object> metadata(TokenGrant grant) {
        return grant.scope().isEmpty() ? Map.of() : Map.of("scopes", grant.scope());
    }

    private Uni<RefreshOutcome> published(Lease lease, OpenConnection connection) {
        return attempts.end(lease, Ending.PUBLISHED)
                .invoke(failures ->
                        events.succeeded(lease, failures, connection.stored().status() == ConnectionStatus.ACTIVE))
                .onFailure()
                .invoke(failure ->
                        LOG.debugf("Attempt %s is published, which is not on record: %s", lease.attempt(), failure))
                .onFailure()
                .recoverWithItem(0)
                .replaceWith(new RefreshOutcome.Renewed(connection));
    }

    /** The registry's or the vault's absence: what is handed out is on record and will be published by somebody. */
    private Uni<RefreshOutcome> leftOver(Lease lease, OpenConnection connection, Throwable why) {
        LOG.warnf("The new tokens of %s wait to be published: %s", lease.connection(), why);
        return recorded(lease, Ending.LEFT_OVER, new RefreshOutcome.Renewed(connection));
    }

    private static boolean isOfTheMoment(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 503;
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProblemException problem && GONE.contains(problem.code());
    }

    /** Somebody newer has written, or the user has revoked the connection: that is what counts. */
    private Uni<RefreshOutcome> late(Lease lease, StoredConnection stored) {
        return connections
                .require(stored.owner(), stored.id())
                .call(now -> ending(lease, now).chain(ending -> attempts.end(lease, ending)))
                .map(StoredConnection::requireActive)
                .chain(this::open);
    }

    private Uni<Ending> ending(Lease lease, StoredConnection now) {
        if (now.status() == ConnectionStatus.REVOKED) {
            return Uni.createFrom().item(Ending.UNWANTED);
        }
        return now.generation() == lease.generation()
                ? Uni.createFrom().item(Ending.LEFT_OVER)
                : attempts.verdict(lease, now.generation());
    }

    /** A deletion may be taken back for a while, and then these are the tokens that live: {@link LeftOvers} decides. */
    private Uni<RefreshOutcome> gone(Lease lease, ProblemException why) {
        return recorded(lease, Ending.LEFT_OVER, new RefreshOutcome.Withdrawn(why));
    }

    /** Whatever the registry holds now. */
    Uni<RefreshOutcome> newest(StoredConnection stored) {
        return connections
                .require(stored.owner(), stored.id())
                .map(StoredConnection::requireActive)
                .chain(this::open);
    }

    Uni<RefreshOutcome> open(StoredConnection now) {
        return sealing.open(now).map(data -> new RefreshOutcome.Renewed(new OpenConnection(now, TokenData.read(data))));
    }

    /** The registry compares the generation again: between our look and its write somebody may reconnect. */
    Uni<RefreshOutcome> expire(Lease lease, StoredConnection stored, String reason) {
        return connections.mark(stored, ConnectionStatus.EXPIRED, reason).chain(outcome -> switch (outcome) {
            case WriteOutcome.Written _ -> {
                events.expired(lease);
                yield recorded(
                        lease,
                        Ending.REFUSED,
                        new RefreshOutcome.Withdrawn(StoredConnection.notActive(ConnectionStatus.EXPIRED, reason)));
            }
            case WriteOutcome.Moved _ -> recorded(lease, Ending.REFUSED).chain(() -> newest(stored));
        });
    }

    Uni<Void> recorded(Lease lease, Ending ending) {
        return attempts.end(lease, ending)
                .onFailure()
                .invoke(failure -> LOG.debugf("The end of attempt %s is not on record: %s", lease.attempt(), failure))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }

    private Uni<RefreshOutcome> recorded(Lease lease, Ending ending, RefreshOutcome outcome) {
        return recorded(lease, ending).replaceWith(outcome);
    }
}
