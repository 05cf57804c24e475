package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.mcp.McpClients;
import io.flowmaestro.connections.oauth.mcp.TokenIssuers;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenEndpoint;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns an authorization code for an MCP server into a stored connection, whose tools are then looked at. */
@ApplicationScoped
class McpCodeExchange {

    private static final Logger LOG = Logger.getLogger(McpCodeExchange.class);

    private final Sealing sealing;
    private final TokenIssuers issuers;
    private final TokenEndpoint tokens;
    private final McpClients clients;
    private final McpGrants grants;
    private final GrantStore store;
    private final Connections connections;

    McpCodeExchange(
            Sealing sealing,
            TokenIssuers issuers,
            TokenEndpoint tokens,
            McpClients clients,
            McpGrants grants,
            GrantStore store,
            Connections connections) {
        this.sealing = sealing;
        this.issuers = issuers;
        this.tokens = tokens;
        this.clients = clients;
        this.grants = grants;
        this.store = store;
        this.connections = connections;
    }

    /** @param envelope of what was found out when the flow began */
    Uni<CallbackResult> connect(TakenFlow flow, JsonNode envelope, CallbackRequest request, Pkce pkce) {
        return sealing.open(flow.user(), flow.id(), envelope)
                .map(McpAuthorization::read)
                .chain(authorization -> redeem(flow, authorization, request, pkce));
    }

    private Uni<CallbackResult> redeem(
            TakenFlow flow, McpAuthorization authorization, CallbackRequest request, Pkce pkce) {
        CallbackChecks.requireIssuer(authorization.settings(), request.issuer());
        String code = CallbackChecks.requireCode(request);
        var issuer = issuers.of(flow.provider(), authorization);
        return issuer.client()
                .chain(client -> tokens.calledFor(flow.user())
                        .exchange(issuer.settings(), client, code, flow.redirectUri(), pkce.verifier()))
                .chain(answer -> granted(flow.user(), authorization, answer))
                .chain(grant -> store(flow, authorization, grants.exchanged(authorization, grant, flow.scopes())))
                .call(stored -> lookAtTools(flow.user(), stored.id()))
                .map(stored -> new CallbackResult.Connected(
                        flow.provider(), stored.id(), stored.summary(), flow.returnTo(), flow.id()));
    }

    private Uni<GrantStore.Stored> store(TakenFlow flow, McpAuthorization authorization, Exchanged exchanged) {
        return flow.connection() == null
                ? store.createMcp(
                        GrantStore.Owner.of(flow),
                        flow.variables().getOrDefault(McpAuthorizeService.CATALOGUED, McpAuthorizeRequest.GENERIC),
                        flow.name() == null ? authorization.host() : flow.name(),
                        authorization.serverUrl(),
                        exchanged)
                : store.renew(flow, flow.connection(), exchanged);
    }

    /** The registry's test of an MCP connection reads the tools, and keeps them. What comes of it is the connection's matter. */
    private Uni<Void> lookAtTools(UUID user, UUID connection) {
        return connections
                .require(user, connection)
                .chain(connections::testIfDue)
                .onFailure()
                .invoke(failure -> LOG.infof("The tools of %s are read later: %s", connection, failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<TokenGrant> granted(UUID user, McpAuthorization authorization, TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> Uni.createFrom().item(granted.grant());
            case TokenAnswer.Refused refused
            when refused.clientInvalid() || refused.clientUnauthorized() ->
                clients.forget(user, authorization)
                        .chain(() -> Uni.createFrom().failure(clientRefused(authorization, refused)));
            case TokenAnswer.Refused refused ->
                Uni.createFrom()
                        .failure(new ProblemException(
                                OAuthProblem.PROVIDER_REFUSED,
                                "The authorization server of %s refused the authorization code (%s). Start the connection again."
                                        .formatted(authorization.host(), refused.error())));
            case TokenAnswer.Unavailable unavailable ->
                Uni.createFrom()
                        .failure(new ProblemException(
                                        OAuthProblem.PROVIDER_UNAVAILABLE,
                                        "The authorization server of %s could not be asked for tokens: %s. Start the connection again in a while."
                                                .formatted(authorization.host(), unavailable.reason()))
                                .retryAfter(unavailable.retryAfter()));
        };
    }

    private static ProblemException clientRefused(McpAuthorization authorization, TokenAnswer.Refused refused) {
        String advice = switch (authorization.client().kind()) {
            case REGISTERED -> "Start the connection again; it registers anew.";
            case PREREGISTERED -> "Check the client that was given, and start the connection again.";
            case DOCUMENT -> "Ask an operator to check that it can read our client id metadata document.";
        };
        return new ProblemException(
                OAuthProblem.PROVIDER_REFUSED,
                "The authorization server of %s does not accept our client (%s). %s"
                        .formatted(authorization.host(), refused.error(), advice));
    }
}
