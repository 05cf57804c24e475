package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.token.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Tokens that are good to use. */
@ApplicationScoped
public class RefreshService {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Refresher refresher;
    private final Connections connections;
    private final Sealing sealing;
    private final RefreshConfig config;
    private final RefreshMargin margin;
    private final Clock clock;

    RefreshService(Refresher refresher, Connections connections, Sealing sealing, RefreshConfig config, Clock clock) {
        this.refresher = refresher;
        this.connections = connections;
        this.sealing = sealing;
        this.config = config;
        this.margin = new RefreshMargin(config.margin());
        this.clock = clock;
    }

    /** The tokens as they are, or renewed where they are due. A token that is still good outlives a provider's fault. */
    public Uni<OpenConnection> usable(OpenConnection seen) {
        if (!margin.due(seen.tokens(), clock.instant())) {
            return Uni.createFrom().item(seen);
        }
        if (seen.tokens().refreshToken() == null) {
            return unrefreshable(seen);
        }
        Uni<RefreshOutcome> renewal = refresher.renew(seen);
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
    Uni<OpenConnection> force(UUID user, String provider, UUID id) {
        return connections
                .require(user, id)
                .map(stored -> requireRefreshable(stored, provider))
                .chain(stored -> sealing.open(stored).map(data -> new OpenConnection(stored, TokenData.read(data))))
                .chain(this::renew);
    }

    private Uni<OpenConnection> renew(OpenConnection seen) {
        if (seen.tokens().refreshToken() == null) {
            throw notRefreshable();
        }
        return refresher.renew(seen).map(RefreshService::renewed);
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
        return !connection.tokens().expired(clock.instant());
    }

    private static StoredConnection requireRefreshable(StoredConnection stored, String provider) {
        if (!stored.provider().equals(provider)) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_FOUND, "There is no such connection. It may have been deleted.");
        }
        if (stored.method() != ConnectionMethod.OAUTH2) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                    "Only OAuth connections can be refreshed; this one uses "
                            + stored.method().wireName() + ".");
        }
        return switch (stored.status()) {
            case ACTIVE, INVALID, EXPIRED -> stored;
            case REVOKED -> throw StoredConnection.notActive(stored.status(), stored.statusReason());
        };
    }

    static ProblemException notRefreshable() {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                "The provider issued no refresh token for this connection. Reconnect it to get a new token.");
    }
}
