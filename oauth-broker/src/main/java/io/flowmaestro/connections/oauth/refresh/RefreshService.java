package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Tokens that are good to use. */
@ApplicationScoped
public class RefreshService {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration JUST_NOW = Duration.ofSeconds(5);
    /** The part of the margin by which renewing ahead is spread. */
    private static final int SPREAD = 5;

    private final Refresher refresher;
    private final ForcedRates rates;
    private final Connections connections;
    private final Sealing sealing;
    private final RefreshConfig config;
    private final RefreshMargin margin;
    private final Clock clock;
    private final RandomGenerator random;
    private final Flights<Look, StoredConnection> looks = new Flights<>();

    RefreshService(
            Refresher refresher,
            ForcedRates rates,
            Connections connections,
            Sealing sealing,
            RefreshConfig config,
            Clock clock,
            RandomGenerator random) {
        this.refresher = refresher;
        this.rates = rates;
        this.connections = connections;
        this.sealing = sealing;
        this.config = config;
        this.margin = new RefreshMargin(config.margin());
        this.clock = clock;
        this.random = random;
    }

    /** Whether a token should be renewed before it is used. */
    public boolean isDue(OAuthTokens tokens) {
        return margin.due(tokens, clock.instant());
    }

    /** Whether a token can still be used. */
    public boolean isAlive(OAuthTokens tokens) {
        return !tokens.expired(clock.instant());
    }

    /** The tokens as they are, or renewed where they are due. A token that is still good outlives a provider's fault. */
    public Uni<OpenConnection> usable(OpenConnection seen) {
        if (!isDue(seen.tokens())) {
            return Uni.createFrom().item(seen);
        }
        return refresher
                .isRenewable(seen)
                .onFailure(failure -> stillGood(seen))
                .recoverWithItem(false)
                .chain(renewable -> renewable ? renewDue(seen) : unrefreshable(seen));
    }

    private Uni<OpenConnection> renewDue(OpenConnection seen) {
        Uni<RefreshOutcome> renewal = bounded(refresher.renew(seen, false));
        return stillGood(seen)
                ? renewal.map(outcome -> serve(outcome, seen))
                        .ifNoItem()
                        .after(config.patience())
                        .recoverWithItem(seen)
                : renewal.map(outcome -> serve(outcome, seen));
    }

    /**
     * Renews now, whether due or not, unless somebody else just has. The user asked, so a failure is shown. A new
     * credential also brings an expired or invalid connection back: the registry does so in the same write.
     */
    Uni<Forced> force(Caller caller, String provider, UUID id) {
        rates.require(caller);
        return connections
                .require(caller.subject(), id)
                .map(stored -> requireRefreshable(stored, provider))
                .chain(stored -> sealing.open(stored)
                        .map(data -> OpenConnection.of(stored, data).orElseThrow(() -> noTokens(stored))))
                .chain(this::renewNow);
    }

    /** How far ahead of their end tokens are looked for; a little by chance, so that what was made together spreads. */
    public Duration horizon() {
        return config.margin().plusMillis(random.nextLong(config.margin().toMillis() / SPREAD + 1));
    }

    /**
     * Renews tokens that end within the horizon, or whose life is half over. While the provider is left alone nobody is
     * bothered for them.
     *
     * @return whether there are newer tokens now
     */
    public Uni<Boolean> renewAhead(UUID user, UUID id, String provider, Duration horizon) {
        return refresher
                .isResting(provider)
                .chain(resting -> resting ? Uni.createFrom().item(false) : renewAhead(user, id, horizon));
    }

    private Uni<Boolean> renewAhead(UUID user, UUID id, Duration horizon) {
        return connections
                .require(user, id)
                .chain(stored -> stored.mayHoldTokens() && stored.status() == ConnectionStatus.ACTIVE
                        ? sealing.open(stored).map(data -> OpenConnection.of(stored, data))
                        : Uni.createFrom().item(Optional.<OpenConnection>empty()))
                .chain(seen -> seen.map(open -> renewAhead(open, horizon))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Boolean> renewAhead(OpenConnection seen, Duration horizon) {
        return new RefreshMargin(horizon).due(seen.tokens(), clock.instant())
                ? refresher.renew(seen, false).map(RefreshOutcome.Renewed.class::isInstance)
                : Uni.createFrom().item(false);
    }

    /** Whether there is anything to renew these tokens with. */
    public Uni<Boolean> isRenewable(OpenConnection seen) {
        return refresher.isRenewable(seen);
    }

    /** Renews tokens that a provider has refused, unless the last refresh has failed a moment ago. */
    public Uni<OpenConnection> renewRefused(OpenConnection seen) {
        return bounded(refresher.renew(seen, false)).map(RefreshService::renewed);
    }

    /**
     * What came of it.
     *
     * @param renewed whether the tokens are others than those that were there
     */
    record Forced(OpenConnection connection, boolean renewed) {}

    /** What was issued a moment ago is as new as it gets. */
    private Uni<Forced> renewNow(OpenConnection seen) {
        var issued = seen.tokens().issuedAt();
        return issued != null && issued.plus(JUST_NOW).isAfter(clock.instant()) && stillGood(seen)
                ? Uni.createFrom().item(new Forced(seen, false))
                : bounded(refresher.renew(seen, true))
                        .map(RefreshService::renewed)
                        .map(now -> new Forced(now, now.generation() != seen.generation()));
    }

    /** Callers are let go at some time; the refresh itself goes on. */
    private Uni<RefreshOutcome> bounded(Uni<RefreshOutcome> renewal) {
        return renewal.chain(this::stillThere)
                .ifNoItem()
                .after(config.lease().plus(GRACE))
                .recoverWithItem(RefreshService::tooLong);
    }

    /**
     * The registry takes tokens of a deleted connection as well, since a deletion may be taken back; whoever waited for them
     * is refused all the same. While it is away they are served. Callers at the same moment share one look.
     */
    private Uni<RefreshOutcome> stillThere(RefreshOutcome outcome) {
        if (!(outcome instanceof RefreshOutcome.Renewed renewed)) {
            return Uni.createFrom().item(outcome);
        }
        var stored = renewed.connection().stored();
        return looks.join(new Look(stored.owner(), stored.id()), () -> connections.require(stored.owner(), stored.id()))
                .map(StoredConnection::requireTestable)
                .<RefreshOutcome>map(_ -> renewed)
                .onFailure(RefreshService::isWithdrawn)
                .recoverWithItem(failure -> new RefreshOutcome.Withdrawn((ProblemException) failure))
                .onFailure(ProblemException.class)
                .recoverWithItem(renewed);
    }

    private record Look(UUID user, UUID connection) {}

    private static boolean isWithdrawn(Throwable failure) {
        return failure instanceof ProblemException problem && Refresher.WITHDRAWING.contains(problem.code());
    }

    private static RefreshOutcome tooLong() {
        return new RefreshOutcome.Postponed(new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "Refreshing the connection's token takes longer than usual. Try again shortly.")
                .retryAfter(RETRY));
    }

    private OpenConnection serve(RefreshOutcome outcome, OpenConnection seen) {
        return switch (outcome) {
            case RefreshOutcome.Renewed renewed -> inTime(renewed.connection());
            case RefreshOutcome.Withdrawn withdrawn -> throw withdrawn.problem();
            case RefreshOutcome.Postponed postponed -> {
                if (stillGood(seen)) {
                    yield seen;
                }
                throw postponed.problem();
            }
        };
    }

    private static OpenConnection renewed(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Renewed renewed -> renewed.connection();
            case RefreshOutcome.Withdrawn withdrawn -> throw withdrawn.problem();
            case RefreshOutcome.Postponed postponed -> throw postponed.problem();
        };
    }

    /** What another replica stored may have run out by the time we look, if its tokens are very short-lived. */
    private OpenConnection inTime(OpenConnection renewed) {
        if (stillGood(renewed)) {
            return renewed;
        }
        throw new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE, "The connection's new token has already expired. Try again.")
                .retryAfter(RETRY);
    }

    /** Without a refresh token the end is the end: past it, only the user can help. */
    private Uni<OpenConnection> unrefreshable(OpenConnection seen) {
        if (stillGood(seen)) {
            return Uni.createFrom().item(seen);
        }
        String reason = "its token has expired, and the provider issued no refresh token";
        return connections.mark(seen.stored(), ConnectionStatus.EXPIRED, reason).map(outcome -> {
            throw ended(outcome, reason);
        });
    }

    private static ProblemException ended(WriteOutcome outcome, String reason) {
        return switch (outcome) {
            case WriteOutcome.Written _ -> StoredConnection.notActive(ConnectionStatus.EXPIRED, reason);
            case WriteOutcome.Moved _ ->
                new ProblemException(
                                OAuthProblem.REFRESH_UNAVAILABLE,
                                "The connection was changed at this moment. Try again.")
                        .retryAfter(RETRY);
        };
    }

    private boolean stillGood(OpenConnection connection) {
        return isAlive(connection.tokens());
    }

    private static StoredConnection requireRefreshable(StoredConnection stored, String provider) {
        if (!stored.isOf(provider)) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_FOUND, "There is no such connection. It may have been deleted.");
        }
        if (!stored.mayHoldTokens()) {
            throw noTokens(stored);
        }
        return switch (stored.status()) {
            case ACTIVE, INVALID, EXPIRED -> stored;
            case REVOKED -> throw StoredConnection.notActive(stored.status(), stored.statusReason());
        };
    }

    private static ProblemException noTokens(StoredConnection stored) {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                "Only OAuth connections can be refreshed; this one uses "
                        + stored.method().wireName() + ".");
    }

    static ProblemException notRefreshable() {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                "The provider issued no refresh token for this connection. Reconnect it to get a new token.");
    }
}
