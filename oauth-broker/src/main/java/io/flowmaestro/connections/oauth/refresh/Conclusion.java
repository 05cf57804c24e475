package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.attempt.AttemptLog;
import io.flowmaestro.connections.oauth.attempt.Ending;
import io.flowmaestro.connections.oauth.attempt.Kept;
import io.flowmaestro.connections.oauth.attempt.Lease;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.mcp.McpClients;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What follows from an answer that is kept. */
@ApplicationScoped
class Conclusion {

    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final AttemptLog attempts;
    private final Publication publication;
    private final Connections connections;
    private final ProviderCall provider;
    private final ProviderHealth health;
    private final RefreshEvents events;
    private final RefreshConfig config;
    private final McpClients clients;

    Conclusion(
            AttemptLog attempts,
            Publication publication,
            Connections connections,
            ProviderCall provider,
            ProviderHealth health,
            RefreshEvents events,
            RefreshConfig config,
            McpClients clients) {
        this.attempts = attempts;
        this.publication = publication;
        this.connections = connections;
        this.provider = provider;
        this.health = health;
        this.events = events;
        this.config = config;
        this.clients = clients;
    }

    /** @param renewed whose refresh token was sent */
    Uni<RefreshOutcome> of(Kept kept, OpenConnection renewed) {
        return provider.facts(renewed.stored().provider(), renewed.tokens())
                .chain(settings -> conclude(
                        kept, Upstream.of(renewed, settings), kept.reply().read(settings), renewed));
    }

    private Uni<RefreshOutcome> conclude(Kept kept, Upstream upstream, TokenAnswer answer, OpenConnection renewed) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> {
                health.answered(upstream);
                yield publication.publish(kept, granted.grant(), renewed);
            }
            case TokenAnswer.Refused _
            when renewed.stored().generation() > kept.lease().generation() ->
                superseded(kept.lease(), renewed.stored());
            case TokenAnswer.Refused refused
            when refused.grantInvalid() -> {
                health.answered(upstream);
                yield confirm(kept.lease(), refused, renewed);
            }
            case TokenAnswer.Refused refused
            when (refused.clientInvalid() || refused.clientUnauthorized()) && renewed.isOfOurRegistration() -> {
                health.answered(upstream);
                yield unregistered(kept.lease(), refused, renewed);
            }
            case TokenAnswer.Refused refused
            when refused.clientUnauthorized() -> {
                health.answered(upstream);
                yield failed(
                        kept.lease(),
                        Ending.failed(REFUSED),
                        "it does not let our client renew this token, which may be another client's: "
                                + refused.error(),
                        tokenRefused(upstream, refused));
            }
            case TokenAnswer.Refused refused -> {
                if (refused.clientInvalid()) {
                    health.clientRefused(upstream, refused.error());
                }
                yield failed(
                        kept.lease(),
                        Ending.failed(REFUSED),
                        "it refuses the request: " + refused.error(),
                        requestRefused(upstream, refused));
            }
            case TokenAnswer.Unavailable unavailable -> {
                var asked = kept.reply().retryAfter() == null ? Duration.ZERO : unavailable.retryAfter();
                if (isOfTheEndpoint(kept.reply().status())) {
                    health.failed(upstream, asked);
                }
                yield unavailable(kept.lease(), unavailable, asked);
            }
        };
    }

    /** A page that is not found, or a form that is refused, says something of this connection only. */
    private static boolean isOfTheEndpoint(int status) {
        return status < 300 || status == 429 || status >= 500;
    }

    /** @param asked what the provider said it wants to be left alone for, zero if it said nothing */
    Uni<RefreshOutcome> unavailable(Lease lease, TokenAnswer.Unavailable answer, Duration asked) {
        var problem = new ProblemException(
                        OAuthProblem.PROVIDER_UNAVAILABLE,
                        "The token of this connection is due, and %s. The connection is unchanged; try again later."
                                .formatted(answer.reason()))
                .retryAfter(answer.retryAfter());
        return failed(lease, answer.settled() ? Ending.failed(asked) : Ending.lost(asked), answer.reason(), problem);
    }

    /** A fault of the moment: the connection's status stays as it is. */
    private Uni<RefreshOutcome> failed(Lease lease, Ending ending, String reason, ProblemException problem) {
        return attempts.end(lease, ending)
                .invoke(failures -> events.failed(lease, failures, reason))
                .replaceWith(new RefreshOutcome.Postponed(problem));
    }

    /**
     * A dead grant is believed only of tokens that are still the connection's, with no other attempt at them open: a
     * loser must not end what a winner has renewed.
     */
    private Uni<RefreshOutcome> confirm(Lease lease, TokenAnswer.Refused refused, OpenConnection renewed) {
        return ifStill(
                lease,
                renewed,
                () -> attempts.unresolved(lease, config.quarantine())
                        .chain(open -> open ? unresolved(lease) : dead(lease, refused, renewed)));
    }

    /** What was said of tokens, or of the client that they were issued to, is not said of what took their place. */
    private Uni<RefreshOutcome> ifStill(Lease lease, OpenConnection renewed, Supplier<Uni<RefreshOutcome>> then) {
        var stored = renewed.stored();
        return connections
                .require(stored.owner(), stored.id())
                .chain(now -> now.generation() == lease.generation() ? then.get() : superseded(lease, now));
    }

    private Uni<RefreshOutcome> superseded(Lease lease, StoredConnection now) {
        return publication.recorded(lease, Ending.REFUSED).chain(() -> publication.newest(now));
    }

    private Uni<RefreshOutcome> unresolved(Lease lease) {
        var answer = new TokenAnswer.Unavailable(
                "another attempt to renew it has not come to its end yet", config.quarantine(), true);
        return unavailable(lease, answer, config.quarantine());
    }

    /** Before the end, the tokens of an attempt that came too late: with its provider they may be the ones that live. */
    private Uni<RefreshOutcome> dead(Lease lease, TokenAnswer.Refused refused, OpenConnection renewed) {
        return attempts.spare(lease)
                .chain(spare -> reread(lease, Ending.REFUSED, spare, renewed))
                .chain(saved -> saved.map(Uni.createFrom()::item)
                        .orElseGet(() -> publication.expire(lease, renewed.stored(), reason(lease, refused))));
    }

    /** A client that we registered ourselves, and that is gone there or may not renew, stays so: nor do its tokens come back. */
    private Uni<RefreshOutcome> unregistered(Lease lease, TokenAnswer.Refused refused, OpenConnection renewed) {
        return ifStill(
                lease,
                renewed,
                () -> clients.forget(renewed.stored().owner(), renewed.tokens())
                        .chain(() -> publication.expire(
                                lease,
                                renewed.stored(),
                                "the authorization server no longer accepts the client that was registered there: "
                                        + refused.error())));
    }

    private static String reason(Lease lease, TokenAnswer.Refused refused) {
        return lease.lost() > 0
                ? "the provider renewed the token and its answer never reached us; it no longer accepts the old one: "
                        + refused.error()
                : "the provider no longer accepts the refresh token: " + refused.error();
    }

    private static ProblemException requestRefused(Upstream upstream, TokenAnswer.Refused answer) {
        return new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s refused to refresh the token (%s). The connection is unchanged; ask an operator to check the provider's client credentials."
                                .formatted(upstream.described(), answer.error()))
                .retryAfter(REFUSED);
    }

    /** Of one connection's token: an operator's mistake would show at all of them. */
    private static ProblemException tokenRefused(Upstream upstream, TokenAnswer.Refused answer) {
        return new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s does not let our client renew this connection's token (%s); it may have been issued to another client. The connection is unchanged. Reconnect it to get a token of ours; if that does not help, ask an operator to check what the provider lets our client do."
                                .formatted(upstream.described(), answer.error()))
                .retryAfter(REFUSED);
    }

    /**
     * An answer to an earlier attempt that could not be read or opened then; the provider's facts may have been mended, and the
     * vault may open it now.
     */
    Uni<Optional<RefreshOutcome>> reread(Lease lease, OpenConnection renewed) {
        return lease.lost() == 0
                ? Uni.createFrom().item(Optional.empty())
                : attempts.unread(lease).chain(unread -> reread(lease, Ending.NEEDLESS, unread, renewed));
    }

    /**
     * The first of the answers that opens, and brings tokens. One that does not must not hide those behind it.
     *
     * @param ending of this attempt, where the answer to another has what it was to bring
     */
    private Uni<Optional<RefreshOutcome>> reread(
            Lease lease, Ending ending, List<UUID> others, OpenConnection renewed) {
        return others.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : attempts.reopen(lease.user(), others.getFirst())
                        .chain(other -> other.map(kept -> reread(lease, ending, kept, renewed))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                        .chain(saved -> saved.isPresent()
                                ? Uni.createFrom().item(saved)
                                : reread(lease, ending, others.subList(1, others.size()), renewed));
    }

    private Uni<Optional<RefreshOutcome>> reread(Lease lease, Ending ending, Kept other, OpenConnection renewed) {
        return provider.facts(renewed.stored().provider(), renewed.tokens())
                .map(settings -> other.reply().read(settings))
                .chain(answer -> answer instanceof TokenAnswer.Granted granted
                        ? publication
                                .recorded(lease, ending)
                                .chain(() -> publication.publish(other, granted.grant(), renewed))
                                .map(Optional::of)
                        : Uni.createFrom().item(Optional.empty()));
    }
}
