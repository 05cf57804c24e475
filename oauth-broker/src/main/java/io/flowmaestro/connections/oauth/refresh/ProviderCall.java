package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.mcp.TokenIssuers;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthDefinition;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenCallResult;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The one call at the provider that a lease allows, made ready before the lease is taken. */
@ApplicationScoped
class ProviderCall {

    private final OAuthProviders providers;
    private final TokenIssuers issuers;
    private final TokenEndpoint tokens;
    private final MeterRegistry metrics;

    ProviderCall(OAuthProviders providers, TokenIssuers issuers, TokenEndpoint tokens, MeterRegistry metrics) {
        this.providers = providers;
        this.issuers = issuers;
        this.tokens = tokens;
        this.metrics = metrics;
    }

    /** Everything that the call needs. */
    record Ready(Known known, Upstream upstream) {

        @Override
        public String toString() {
            return "Ready[redacted]";
        }
    }

    /** Fails where the provider is unknown, has no client, or issued nothing to renew tokens with. */
    Uni<Ready> prepare(OpenConnection connection) {
        return settings(connection.stored().provider(), connection.tokens())
                .map(known -> new Ready(
                        requireRenewable(known, connection.tokens()), Upstream.of(connection, known.settings())));
    }

    private static Known requireRenewable(Known known, OAuthTokens tokens) {
        if (!tokens.isRenewable(known.settings())) {
            throw RefreshService.notRefreshable();
        }
        return known;
    }

    /** Whether the provider can renew these tokens at all. */
    Uni<Boolean> isRenewable(OpenConnection connection) {
        return connection.tokens().refreshToken() != null
                ? Uni.createFrom().item(true)
                : settings(connection.stored().provider(), connection.tokens())
                        .map(known -> connection.tokens().isRenewable(known.settings()));
    }

    /** Where all of a provider's connections renew their tokens; empty where each has an address of its own. Never fails. */
    Uni<Optional<Upstream>> commonUpstream(String key) {
        return providers
                .find(key)
                .map(found -> found.flatMap(provider -> Optional.ofNullable(provider.oauth()))
                        .flatMap(OAuthDefinition::commonRenewalUrl)
                        .map(url -> Upstream.shared(key, url)))
                .onFailure(ProblemException.class)
                .recoverWithItem(Optional.empty());
    }

    /** How a provider's answers are read, which needs no client. */
    Uni<OAuthSettings> facts(String key, OAuthTokens tokens) {
        return issuers.of(key, tokens)
                .map(found -> found.orElseThrow(() -> unknown(key)).settings());
    }

    /**
     * How a provider is spoken to, and as whom.
     *
     * @param reuseTolerated a refresh token may be sent again at any time
     * @param reuseLeeway for how long after its first use one may be
     */
    record Known(OAuthSettings settings, ClientCredentials client, boolean reuseTolerated, Duration reuseLeeway) {}

    /** Of the account that these tokens are of. */
    Uni<Known> settings(String key, OAuthTokens tokens) {
        return issuers.of(key, tokens).chain(found -> known(found.orElseThrow(() -> unknown(key))));
    }

    private Uni<Known> known(TokenIssuers.TokenIssuer issuer) {
        var definition = issuer.provider().requireDefinition();
        return issuer.client()
                .map(client ->
                        new Known(issuer.settings(), client, definition.reuseTolerated(), definition.reuseLeeway()));
    }

    Uni<TokenCallResult> send(Ready ready, OpenConnection connection) {
        var running = Timer.start(metrics);
        return tokens.calledFor(connection.stored().owner())
                .renew(ready.known().settings(), ready.known().client(), connection.tokens())
                .invoke(result -> running.stop(metrics.timer(
                        "connections.oauth.refresh.calls",
                        "provider",
                        providerTag(connection),
                        "outcome",
                        outcome(result))));
    }

    /** The catalogue is finite; what users call their MCP servers is not. */
    private static String providerTag(OpenConnection connection) {
        return McpAuthorization.in(connection.tokens().fields()).isPresent()
                ? "mcp"
                : connection.stored().provider();
    }

    private static String outcome(TokenCallResult result) {
        return switch (result) {
            case TokenCallResult.Replied _ -> "replied";
            case TokenCallResult.NotSent _ -> "not-sent";
            case TokenCallResult.NoAnswer _ -> "no-answer";
        };
    }

    private static ProblemException unknown(String key) {
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_FOUND,
                "The provider " + key
                        + " is no longer in the catalogue, so its tokens cannot be refreshed. Ask an operator.");
    }
}
