package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.refresh.ForcedRates;
import io.flowmaestro.connections.oauthclient.AccountLookup;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Connects providers whose tokens are our client's own (RFC 6749, 4.4). A crash before the connection is stored leaves a token
 * that lapses.
 */
@ApplicationScoped
class ConnectService {

    private final OAuthProviders providers;
    private final Clients clients;
    private final TokenEndpoint tokens;
    private final AccountLookup accounts;
    private final GrantStore store;
    private final ForcedRates rates;

    ConnectService(
            OAuthProviders providers,
            Clients clients,
            TokenEndpoint tokens,
            AccountLookup accounts,
            GrantStore store,
            ForcedRates rates) {
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
        this.accounts = accounts;
        this.store = store;
        this.rates = rates;
    }

    Uni<GrantStore.Stored> connect(Caller caller, String providerKey, ConnectRequest.Valid request) {
        rates.require(caller);
        return providers
                .find(providerKey)
                .map(found -> requireOfTheClient(found.orElseThrow(() -> AuthorizeService.unknown(providerKey))))
                .chain(provider ->
                        clients.require(provider).chain(client -> connect(caller, provider, client, request)));
    }

    private Uni<GrantStore.Stored> connect(
            Caller caller, Provider provider, ClientCredentials client, ConnectRequest.Valid request) {
        OAuthSettings settings = provider.begin(request.config());
        List<String> scopes = AuthorizeService.scopes(provider, settings, request.scopes(), List.of());
        return tokens.calledFor(caller.subject())
                .clientCredentials(settings, client, scopes)
                .map(answer -> granted(provider, answer))
                .chain(grant ->
                        accounts.find(settings, grant).map(account -> Exchanged.of(settings, grant, account, scopes)))
                .chain(exchanged -> store.create(
                        new GrantStore.Owner(caller.subject(), null), provider, request.name(), exchanged));
    }

    private static Provider requireOfTheClient(Provider provider) {
        if (!provider.requireDefinition().isOfTheClient()) {
            throw new ProblemException(
                    OAuthProblem.GRANT_NOT_OFFERED,
                    "%s wants its users to sign in. Begin with GET /api/oauth/%s/authorize."
                            .formatted(provider.name(), provider.key()));
        }
        return provider;
    }

    private static TokenGrant granted(Provider provider, TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> granted.grant();
            case TokenAnswer.Refused refused ->
                throw new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s refused our client a token (%s). Check the scopes; if they are right, ask an operator to check the client's credentials and what it is allowed."
                                .formatted(provider.name(), refused.error()));
            case TokenAnswer.Unavailable unavailable ->
                throw new ProblemException(
                                OAuthProblem.PROVIDER_UNAVAILABLE,
                                "%s could not be asked for a token: %s. Try again in a while."
                                        .formatted(provider.name(), unavailable.reason()))
                        .retryAfter(unavailable.retryAfter());
        };
    }
}
