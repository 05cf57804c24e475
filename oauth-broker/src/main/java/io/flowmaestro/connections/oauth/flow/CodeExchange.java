package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.OAuthConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.ClientRegistrations;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.token.Account;
import io.flowmaestro.connections.oauth.token.AccountLookup;
import io.flowmaestro.connections.oauth.token.OAuthTokens;
import io.flowmaestro.connections.oauth.token.TokenAnswer;
import io.flowmaestro.connections.oauth.token.TokenData;
import io.flowmaestro.connections.oauth.token.TokenEndpoint;
import io.flowmaestro.connections.oauth.token.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Turns an authorization code into a stored connection. */
@ApplicationScoped
class CodeExchange {

    private static final int LONGEST_NAME = 255;

    private final TokenEndpoint tokens;
    private final AccountLookup accounts;
    private final ClientRegistrations clients;
    private final ConnectionWriter writer;

    CodeExchange(TokenEndpoint tokens, AccountLookup accounts, ClientRegistrations clients, ConnectionWriter writer) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clients = clients;
        this.writer = writer;
    }

    Uni<CallbackResult> connect(TakenFlow flow, Provider provider, String code, Pkce pkce) {
        OAuthSettings settings = provider.requireOAuth();
        var verifier = settings.pkceRejected() ? null : pkce.verifier();
        return tokens.exchange(settings, clients.require(provider), code, flow.redirectUri(), verifier)
                .map(answer -> granted(provider, answer))
                .chain(grant ->
                        accounts.find(settings, grant).map(account -> connection(flow, provider, grant, account)))
                .chain(connection -> store(flow, connection));
    }

    private Uni<CallbackResult> store(TakenFlow flow, OAuthConnection connection) {
        return writer.create(connection)
                .map(summary -> new CallbackResult.Connected(
                        flow.provider(), connection.id(), summary, flow.returnTo(), flow.id()));
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

    private static OAuthConnection connection(TakenFlow flow, Provider provider, TokenGrant grant, Account account) {
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        OAuthTokens issued = grant.tokens(flow.scopes());
        String name = flow.name() == null ? name(provider, account) : flow.name();
        return new OAuthConnection(
                id,
                flow.user(),
                name,
                provider.key(),
                TokenData.write(issued),
                issued.expiresAt(),
                metadata(issued, account));
    }

    private static String name(Provider provider, Account account) {
        String name = account.name() == null ? provider.name() : provider.name() + " (" + account.name() + ")";
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static Map<String, Object> metadata(OAuthTokens issued, Account account) {
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
        metadata.put("scopes", issued.scope());
        return metadata;
    }
}
