package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.GrantOutcome;
import io.flowmaestro.connections.oauth.connection.OAuthConnection;
import io.flowmaestro.connections.oauth.connection.RenewedConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.Account;
import io.flowmaestro.connections.oauthclient.AccountLookup;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Turns an authorization code into a stored connection. */
@ApplicationScoped
class CodeExchange {

    private static final int LONGEST_NAME = 255;
    private static final int AGAIN = 3;

    private final TokenEndpoint tokens;
    private final AccountLookup accounts;
    private final Clients clients;
    private final ConnectionWriter writer;
    private final Connections connections;

    CodeExchange(
            TokenEndpoint tokens,
            AccountLookup accounts,
            Clients clients,
            ConnectionWriter writer,
            Connections connections) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clients = clients;
        this.writer = writer;
        this.connections = connections;
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
        return tokens.exchange(settings, client, code, flow.redirectUri(), verifier)
                .map(answer -> granted(provider, answer))
                .chain(grant ->
                        accounts.find(settings, grant).map(account -> Exchanged.of(settings, flow, grant, account)))
                .chain(exchanged -> store(flow, provider, exchanged));
    }

    private record Exchanged(OAuthTokens tokens, boolean refreshable, Account account) {

        static Exchanged of(OAuthSettings settings, TakenFlow flow, TokenGrant grant, Account account) {
            OAuthTokens tokens = grant.tokens(flow.scopes()).with(account.variables());
            return new Exchanged(tokens, tokens.renewalSecret(settings) != null, account);
        }
    }

    private Uni<CallbackResult> store(TakenFlow flow, Provider provider, Exchanged exchanged) {
        Uni<Stored> stored = flow.connection() == null
                ? create(flow, provider, exchanged)
                : renew(flow, flow.connection(), exchanged, AGAIN);
        return stored.map(made ->
                new CallbackResult.Connected(flow.provider(), made.id(), made.summary(), flow.returnTo(), flow.id()));
    }

    private record Stored(UUID id, JsonNode summary) {}

    private Uni<Stored> create(TakenFlow flow, Provider provider, Exchanged exchanged) {
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        var connection = new OAuthConnection(
                id,
                flow.user(),
                flow.name() == null ? name(provider, exchanged.account()) : flow.name(),
                provider.key(),
                TokenData.write(exchanged.tokens()),
                exchanged.tokens().expiresAt(),
                exchanged.refreshable(),
                metadata(exchanged));
        return writer.create(connection).map(summary -> new Stored(id, summary));
    }

    /** Over whatever the connection has now; a refresh may write at the same moment, so a loser looks again. */
    private Uni<Stored> renew(TakenFlow flow, UUID id, Exchanged exchanged, int times) {
        return connections
                .require(flow.user(), id)
                .chain(former -> writer.renew(new RenewedConnection(
                        flow.id(),
                        former,
                        TokenData.write(exchanged.tokens()),
                        exchanged.tokens().expiresAt(),
                        exchanged.refreshable(),
                        metadata(exchanged))))
                .chain(outcome -> switch (outcome) {
                    case GrantOutcome.Granted granted -> Uni.createFrom().item(new Stored(id, granted.summary()));
                    case GrantOutcome.Moved _ when times > 0 -> renew(flow, id, exchanged, times - 1);
                    case GrantOutcome.Moved _ -> Uni.createFrom().failure(contested());
                });
    }

    private static ProblemException contested() {
        return new ProblemException(
                OAuthProblem.REFRESH_UNAVAILABLE,
                "The connection was changed again and again at this moment, so the new sign-in could not be stored. Start it again.");
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

    private static String name(Provider provider, Account account) {
        String name = account.name() == null ? provider.name() : provider.name() + " (" + account.name() + ")";
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static Map<String, Object> metadata(Exchanged exchanged) {
        Account account = exchanged.account();
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, String> known = new LinkedHashMap<>();
        if (account.id() != null) {
            known.put("id", account.id());
        }
        if (account.name() != null) {
            known.put("name", account.name());
        }
        if (!known.isEmpty()) {
            metadata.put("account", known);
        }
        metadata.put("scopes", exchanged.tokens().scope());
        return metadata;
    }
}
