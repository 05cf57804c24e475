package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.http.ProblemCode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.attempt.AttemptGone;
import io.flowmaestro.connections.oauth.attempt.AttemptLog;
import io.flowmaestro.connections.oauth.attempt.Claim;
import io.flowmaestro.connections.oauth.attempt.Contender;
import io.flowmaestro.connections.oauth.attempt.Ending;
import io.flowmaestro.connections.oauth.attempt.Lease;
import io.flowmaestro.connections.oauth.attempt.LeaseLapsed;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenCallResult;
import io.flowmaestro.connections.oauthclient.TokenConfig;
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
    /** What a connection that must not be used any more is refused with. */
    static final Set<ProblemCode> WITHDRAWING =
            Set.of(OAuthProblem.CONNECTION_NOT_FOUND, OAuthProblem.CONNECTION_NOT_ACTIVE);

    private final AttemptLog attempts;
    private final Connections connections;
    private final ProviderCall provider;
    private final ProviderHealth health;
    private final Conclusion conclusion;
    private final Publication publication;
    private final LeftOvers leftOvers;
    private final CallsUnderWay underWay;
    private final Pause pause;
    private final RefreshConfig config;
    private final TokenConfig calls;
    private final Flights<FlightKey, RefreshOutcome> flights = new Flights<>();

    Refresher(
            AttemptLog attempts,
            Connections connections,
            ProviderCall provider,
            ProviderHealth health,
            Conclusion conclusion,
            Publication publication,
            LeftOvers leftOvers,
            CallsUnderWay underWay,
            Pause pause,
            RefreshConfig config,
            TokenConfig calls) {
        this.attempts = attempts;
        this.connections = connections;
        this.provider = provider;
        this.health = health;
        this.conclusion = conclusion;
        this.publication = publication;
        this.leftOvers = leftOvers;
        this.underWay = underWay;
        this.pause = pause;
        this.config = config;
        this.calls = calls;
    }

    private record FlightKey(UUID user, UUID connection, long generation, boolean insists) {}

    /**
     * New tokens in place of the ones seen. Callers who saw the same generation share one attempt. Never fails.
     *
     * @param insists does not wait for the pause that follows a failure
     */
    Uni<RefreshOutcome> renew(OpenConnection seen, boolean insists) {
        var key = new FlightKey(seen.stored().owner(), seen.stored().id(), seen.generation(), insists);
        return flights.join(
                key,
                () -> Uni.createFrom()
                        .deferred(() -> start(seen, insists))
                        .onFailure()
                        .recoverWithItem(failure -> postponed(seen, failure))
                        .invoke(outcome -> RefreshLog.ended(seen, outcome)));
    }

    /** Whether there is anything to renew these tokens with. */
    Uni<Boolean> isRenewable(OpenConnection seen) {
        return provider.isRenewable(seen);
    }

    /** Whether the provider is to be left alone, as far as that can be told without a look at a connection. */
    Uni<Boolean> isResting(String providerKey) {
        return provider.commonUpstream(providerKey)
                .map(upstream ->
                        upstream.isPresent() && !health.pause(upstream.get()).isZero());
    }

    private Uni<RefreshOutcome> start(OpenConnection seen, boolean insists) {
        return provider.prepare(seen)
                .invoke(ready -> health.requireReachable(ready.upstream()))
                .map(ready -> new Contest(seen, ready, contender(seen, ready, insists)))
                .chain(contest -> contend(contest, config.firstPoll()));
    }

    private record Contest(OpenConnection seen, ProviderCall.Ready ready, Contender contender) {}

    /** A provider that tolerates the reuse of a refresh token loses nothing by an early second try. */
    private Contender contender(OpenConnection seen, ProviderCall.Ready ready, boolean insists) {
        return new Contender(
                UUID.randomUUID(),
                seen.stored().owner(),
                seen.stored().id(),
                seen.issuer(),
                seen.generation(),
                config.lease(),
                ready.known().reuseTolerated() ? Duration.ZERO : config.quarantine(),
                // Within the lease it has to be sent, and within the call's time to arrive.
                ready.known().reuseLeeway().minus(config.lease()).minus(calls.timeout()),
                insists);
    }

    private Uni<RefreshOutcome> contend(Contest contest, Duration nextPause) {
        var seen = contest.seen();
        var claimed = attempts.claim(contest.contender()).invoke(claim -> RefreshLog.claimed(seen, claim));
        return claimed.chain(claim -> switch (claim) {
            case Claim.Leased leased -> lead(contest, leased.lease());
            case Claim.Held _ -> follow(contest, nextPause);
            case Claim.Moved _ -> publication.newest(seen.stored());
            case Claim.Unpublished unpublished ->
                leftOvers
                        .finish(seen.stored().owner(), unpublished.attempt())
                        .chain(finished ->
                                finished.map(Uni.createFrom()::item).orElseGet(() -> follow(contest, nextPause)));
            case Claim.Resting resting -> Uni.createFrom().failure(resting(resting.left()));
            case Claim.Quarantined quarantined -> Uni.createFrom().failure(quarantined(quarantined.left()));
        });
    }

    /** Looks again until there is a new generation or a free lease. */
    private Uni<RefreshOutcome> follow(Contest contest, Duration nextPause) {
        var seen = contest.seen();
        Duration longer = nextPause.multipliedBy(2);
        Duration then = longer.compareTo(config.longestPoll()) > 0 ? config.longestPoll() : longer;
        return connections
                .require(seen.stored().owner(), seen.stored().id())
                .chain(now -> now.generation() == seen.generation()
                        ? pause.of(nextPause).chain(() -> contend(contest, then))
                        : publication.open(now.requireActive()));
    }

    /** A replica that is told to stop waits for what has begun, and begins nothing more. */
    private Uni<RefreshOutcome> lead(Contest contest, Lease lease) {
        return underWay.begin()
                ? rereadOrAsk(contest, lease).onTermination().invoke(underWay::end)
                : publication
                        .recorded(lease, Ending.NEEDLESS)
                        .chain(() -> Uni.createFrom().failure(CallsUnderWay.refused()));
    }

    private Uni<RefreshOutcome> rereadOrAsk(Contest contest, Lease lease) {
        return conclusion
                .reread(lease, contest.seen())
                .chain(reread ->
                        reread.map(outcome -> Uni.createFrom().item(outcome)).orElseGet(() -> ask(contest, lease)));
    }

    /** Up to the call nothing is lost by giving up; from then on only an answer or the quarantine decides. */
    private Uni<RefreshOutcome> ask(Contest contest, Lease lease) {
        return Uni.createFrom()
                .deferred(() -> attempts.send(lease, config.lease(), calls.timeout()))
                .invoke(() -> health.begin(contest.ready().upstream()))
                .onFailure()
                .call(() -> publication.recorded(lease, Ending.NEEDLESS))
                .chain(sent -> underWay.asking(() -> provider.send(contest.ready(), contest.seen()))
                        .chain(result -> switch (result) {
                            case TokenCallResult.Replied replied ->
                                attempts.keep(
                                                sent,
                                                replied.reply(),
                                                contest.seen().origin())
                                        .chain(kept -> conclusion.of(kept, contest.seen()));
                            case TokenCallResult.NotSent unsent -> unsent(contest, lease, unsent);
                            case TokenCallResult.NoAnswer lost ->
                                unanswered(
                                        contest,
                                        lease,
                                        new TokenAnswer.Unavailable(lost.reason(), lost.retryAfter(), false));
                        }));
    }

    /** What a user's own calls keep back says nothing of the provider, which other users' connections must not rest for. */
    private Uni<RefreshOutcome> unsent(Contest contest, Lease lease, TokenCallResult.NotSent unsent) {
        var answer = new TokenAnswer.Unavailable(unsent.reason(), unsent.retryAfter(), true);
        return unsent.fullOfOwnCalls()
                ? conclusion.unavailable(lease, answer, Duration.ZERO)
                : unanswered(contest, lease, answer);
    }

    private Uni<RefreshOutcome> unanswered(Contest contest, Lease lease, TokenAnswer.Unavailable answer) {
        health.failed(contest.ready().upstream(), Duration.ZERO);
        return conclusion.unavailable(lease, answer, Duration.ZERO);
    }

    /** Whatever failed: the provider may be well, and this connection's token be what it refuses. */
    private static ProblemException resting(Duration left) {
        return new ProblemException(
                        OAuthProblem.PROVIDER_UNAVAILABLE,
                        "The token of this connection is due, and the last try to renew it failed. The connection is unchanged; try again later.")
                .retryAfter(left);
    }

    private static ProblemException quarantined(Duration left) {
        return new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "The provider was asked for a new token and its answer has not arrived. The connection is"
                                + " unchanged; it is asked again shortly.")
                .retryAfter(left);
    }

    private static RefreshOutcome postponed(OpenConnection seen, Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return WITHDRAWING.contains(problem.code())
                    ? new RefreshOutcome.Withdrawn(problem)
                    : new RefreshOutcome.Postponed(problem);
        }
        if (failure instanceof LeaseLapsed || failure instanceof AttemptGone) {
            LOG.infof("Connection %s was not refreshed: %s", seen.stored().id(), failure.getMessage());
        } else {
            LOG.errorf(
                    failure,
                    "Connection %s could not be refreshed",
                    seen.stored().id());
        }
        return new RefreshOutcome.Postponed(new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "The connection's token is due and cannot be refreshed right now. Try again shortly.")
                .retryAfter(RETRY));
    }
}
