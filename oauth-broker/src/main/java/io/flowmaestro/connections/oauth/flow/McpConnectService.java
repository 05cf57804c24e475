package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.mcp.TokenIssuers;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.refresh.ForcedRates;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Connects MCP servers with tokens that are a client's own (RFC 6749, 4.4): its user brings the client. */
@ApplicationScoped
class McpConnectService {

    private final McpSignIn signIn;
    private final TokenIssuers issuers;
    private final TokenEndpoint tokens;
    private final McpGrants grants;
    private final GrantStore store;
    private final ForcedRates rates;

    McpConnectService(
            McpSignIn signIn,
            TokenIssuers issuers,
            TokenEndpoint tokens,
            McpGrants grants,
            GrantStore store,
            ForcedRates rates) {
        this.signIn = signIn;
        this.issuers = issuers;
        this.tokens = tokens;
        this.grants = grants;
        this.store = store;
        this.rates = rates;
    }

    /** A crash before the connection is stored leaves a token that lapses. */
    Uni<GrantStore.Stored> connect(Caller caller, McpAuthorizeRequest.Valid request) {
        rates.require(caller);
        requireClient(request);
        return signIn.prepare(caller.subject(), request, null, true).chain(ready -> connect(caller, request, ready));
    }

    private Uni<GrantStore.Stored> connect(Caller caller, McpAuthorizeRequest.Valid request, McpSignIn.Prepared ready) {
        McpAuthorization authorization = ready.authorization();
        var issuer = issuers.of(request.provider(), authorization);
        return issuer.client()
                .chain(client ->
                        tokens.calledFor(caller.subject()).clientCredentials(issuer.settings(), client, ready.scopes()))
                .map(answer -> granted(authorization, answer))
                .map(grant -> grants.exchanged(authorization, grant, ready.scopes()))
                .chain(exchanged -> store.createMcp(
                        new GrantStore.Owner(caller.subject(), null),
                        request.provider(),
                        request.name() == null ? authorization.host() : request.name(),
                        authorization.serverUrl(),
                        exchanged));
    }

    private static void requireClient(McpAuthorizeRequest.Valid request) {
        if (request.connection() != null || request.serverUrl() == null) {
            throw AuthorizeRequest.invalid("server_url is required, and this always makes a new connection.");
        }
        if (request.client() == null
                || (request.client().clientSecret() == null && request.client().privateKey() == null)) {
            throw AuthorizeRequest.invalid(
                    "client is required, with client_secret or private_key: the tokens are its own, so nobody signs in.");
        }
    }

    private static TokenGrant granted(McpAuthorization authorization, TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> granted.grant();
            case TokenAnswer.Refused refused ->
                throw new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "The authorization server of %s refused the client a token (%s). Check the client, and the scopes that it may have."
                                .formatted(authorization.host(), refused.error()));
            case TokenAnswer.Unavailable unavailable ->
                throw new ProblemException(
                                OAuthProblem.PROVIDER_UNAVAILABLE,
                                "The authorization server of %s could not be asked for a token: %s. Try again in a while."
                                        .formatted(authorization.host(), unavailable.reason()))
                        .retryAfter(unavailable.retryAfter());
        };
    }
}
