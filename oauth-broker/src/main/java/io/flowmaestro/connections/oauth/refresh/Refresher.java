package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.http.ProblemCode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.token.TokenConfig;
import io.flowmaestro.connections.oauth.token.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Renews a connection's tokens once, for any number of callers and replicas. The lease decides who may call the
 * provider; the generation alone decides who may write. No database connection is held while the provider is asked or
 * another replica waited for.
 */
@ApplicationScoped
class Refresher {

    private static final Logger LOG = Logger.getLogger(Refresher.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Set<ProblemCode> WITHDRAWING =
            Set.of(OAuthProblem.CONNECTION_NOT_FOUND, OAuthProblem.CONNECTION_NOT_ACTIVE);

    private final LeaseRepository leases;
    private final Connections connections;
    private final Sealing sealing;
    private final ProviderCall provider;
    private final AttemptConclusion conclusion;
    private final Pause pause;
    private final RefreshConfig config;
    private final Flights<FlightKey, RefreshOutcome> flights = new Flights<>();

    Refresher(
            LeaseRepository leases,
            Connections connections,
            Sealing sealing,
            ProviderCall provider,
            AttemptConclusion conclusion,
            Pause pause,
            RefreshConfig config,
            TokenConfig calls) {
        if (config.lease().compareTo(calls.timeout()) <= 0) {
            throw new IllegalStateException("connections.oauth.refresh.lease (" + config.lease()
                    + ") must be longer than connections.oauth.token.timeout (" + calls.timeout() + ")");
        }
        this.leases = leases;
        this.connections = connections;
        this.sealing = sealing;
        this.provider = provider;
        this.conclusion = conclusion;
        this.pause = pause;
        this.config = config;
    }

    private record FlightKey(UUID connection, long generation) {}

    /** New tokens in place of the ones seen. Callers who saw the same generation share one attempt. */
    Uni<RefreshOutcome> renew(OpenConnection seen) {
        var key = new FlightKey(seen.stored().id(), seen.generation());
        return flights.join(
                key,
                () -> contend(seen, config.firstPoll(), UUID.randomUUID())
                        .onFailure()
                        .recoverWithItem(failure -> postponed(seen, failure)));
    }

    /** Whoever has the lease leads; everyone else looks again until there is a new generation or a free lease. */
    private Uni<RefreshOutcome> contend(OpenConnection seen, Duration nextPause, UUID owner) {
        return leases.claim(seen, owner, config.lease())
                .chain(won -> won ? lead(seen, owner) : follow(seen, nextPause, owner));
    }

    private Uni<RefreshOutcome> follow(OpenConnection seen, Duration nextPause, UUID owner) {
        Duration longer = nextPause.multipliedBy(2);
        Duration then = longer.compareTo(config.longestPoll()) > 0 ? config.longestPoll() : longer;
        return reread(seen)
                .chain(now ->
                        moved(seen, now) ? open(now) : pause.of(nextPause).chain(() -> contend(seen, then, owner)));
    }

    /** Between reading the credential and claiming the lease another replica may have finished: look once more. */
    private Uni<RefreshOutcome> lead(OpenConnection seen, UUID owner) {
        return reread(seen)
                .chain(now -> moved(seen, now) ? newer(now, seen, owner) : attempt(now, owner))
                .onFailure(failure -> !(failure instanceof LeaseLeftToLapse))
                .call(() -> release(seen, owner));
    }

    private Uni<RefreshOutcome> newer(StoredConnection now, OpenConnection seen, UUID owner) {
        return open(now).call(() -> release(seen, owner));
    }

    private Uni<RefreshOutcome> attempt(StoredConnection now, UUID owner) {
        return sealing.open(now)
                .map(data -> new OpenConnection(now, TokenData.read(data)))
                .map(opened -> new RefreshAttempt.Leased(UUID.randomUUID(), owner, opened))
                .chain(provider::send)
                .chain(this::conclude);
    }

    private Uni<RefreshOutcome> conclude(RefreshAttempt attempt) {
        return switch (attempt) {
            case RefreshAttempt.Leased leased ->
                throw new IllegalStateException("nothing was sent under " + leased.id());
            case RefreshAttempt.Answered answered ->
                conclusion
                        .publish(answered)
                        .onFailure()
                        .transform(LeaseLeftToLapse::new)
                        .call(() -> release(answered.lease()));
            case RefreshAttempt.Refused refused -> conclusion.refused(refused).call(() -> release(refused.lease()));
            case RefreshAttempt.Unanswered unanswered -> unanswered(unanswered);
        };
    }

    /**
     * A provider that may have rotated the token and whose answer is lost is left alone until the lease lapses: asking
     * again at once could look like the reuse of a stolen token.
     */
    private Uni<RefreshOutcome> unanswered(RefreshAttempt.Unanswered unanswered) {
        Uni<RefreshOutcome> outcome = conclusion.postponed(unanswered);
        return unanswered.answer().settled() ? outcome.call(() -> release(unanswered.lease())) : outcome;
    }

    private Uni<StoredConnection> reread(OpenConnection seen) {
        return connections.require(seen.stored().owner(), seen.stored().id());
    }

    private static boolean moved(OpenConnection seen, StoredConnection now) {
        return now.generation() != seen.generation();
    }

    private Uni<RefreshOutcome> open(StoredConnection now) {
        return sealing.open(now.requireActive())
                .map(data -> new RefreshOutcome.Renewed(new OpenConnection(now, TokenData.read(data))));
    }

    private Uni<Void> release(RefreshAttempt.Leased lease) {
        return release(lease.connection(), lease.owner());
    }

    /** A lease that cannot be released lapses by itself. */
    private Uni<Void> release(OpenConnection connection, UUID owner) {
        return leases.release(connection, owner)
                .onFailure()
                .invoke(failure -> LOG.debugf(
                        failure,
                        "A lease on %s lapses by itself",
                        connection.stored().id()))
                .onFailure()
                .recoverWithNull();
    }

    private static RefreshOutcome postponed(OpenConnection seen, Throwable failure) {
        Throwable cause = failure instanceof LeaseLeftToLapse left ? left.getCause() : failure;
        if (cause instanceof ProblemException problem) {
            return WITHDRAWING.contains(problem.code())
                    ? new RefreshOutcome.Withdrawn(problem)
                    : new RefreshOutcome.Postponed(problem);
        }
        LOG.errorf(cause, "Connection %s could not be refreshed", seen.stored().id());
        return new RefreshOutcome.Postponed(new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "The connection's token is due and cannot be refreshed right now. Try again shortly.")
                .retryAfter(RETRY));
    }
}
