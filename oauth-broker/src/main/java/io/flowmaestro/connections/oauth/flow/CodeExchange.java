package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.AccountLookup;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Turns an authorization code into a stored connection. */
@ApplicationScoped
class CodeExchange {

    private final TokenEndpoint tokens;
    private final AccountLookup accounts;
    private final Clients clients;
    private final GrantStore store;

    CodeExchange(TokenEndpoint tokens, AccountLookup accounts, Clients clients, GrantStore store) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clients = clients;
        this.store = store;
    }

    /** @param query of the callback, which may tell of the account, such as its own host */
    Uni<CallbackResult> connect(TakenFlow flow, Provider provider, String code, Pkce pkce, Map<String, String> query) {
        return clients.require(provider).chain(client -> connect(flow, provider, client, code, pkce, query));
    }

    private Uni<CallbackResult> connect(
            TakenFlow flow,
            Provider provider,
            ClientCredentials client,
            String code,
            Pkce pkce,
            Map<String, String> query) {
        OAuthSettings settings = provider.settings(provider.learn(flow.variables(), query, client));
        var verifier = settings.pkceRejected() ? null : pkce.verifier();
        return tokens.calledFor(flow.user())
                .exchange(settings, client, code, flow.redirectUri(), verifier)
                .map(answer -> granted(provider, answer))
                .chain(grant -> accounts.find(settings, grant)
                        .map(account -> Exchanged.of(settings, grant, account, flow.scopes())
                                .withExtraScopes(flow.extraScopes())))
                .chain(exchanged -> store(flow, provider, exchanged));
    }

    private Uni<CallbackResult> store(TakenFlow flow, Provider provider, Exchanged exchanged) {
        Uni<GrantStore.Stored> stored = flow.connection() == null
                ? store.create(GrantStore.Owner.of(flow), provider, flow.name(), exchanged)
                : store.renew(flow, flow.connection(), exchanged);
        return stored.map(made ->
                new CallbackResult.Connected(flow.provider(), made.id(), made.summary(), flow.returnTo(), flow.id()));
    }

    private static TokenGrant granted(Provider provider, TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> granted.grant();
            case TokenAnswer.Refused refused ->
                throw new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s refused the authorization code (%s). Start the connection again; if it happens twice, ask an operator to check the client credentials."
                                .formatted(provider.name(), refused.error()));
            case TokenAnswer.Unavailable unavailable ->
                throw new ProblemException(
                                OAuthProblem.PROVIDER_UNAVAILABLE,
                                "%s could not be asked for tokens: %s. Start the connection again in a while."
                                        .formatted(provider.name(), unavailable.reason()))
                        .retryAfter(unavailable.retryAfter());
        };
    }
}
