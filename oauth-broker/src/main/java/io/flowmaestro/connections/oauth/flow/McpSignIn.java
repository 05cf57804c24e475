package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.mcp.McpClients;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.mcp.AuthorizationRefused;
import io.flowmaestro.connections.oauthclient.mcp.McpDiscovery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out how an MCP server is signed in to, and as whom. Fails with problems that its user may see. */
@ApplicationScoped
class McpSignIn {

    /** Of the whole of it; each request has its own time besides. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final String OFFLINE = "offline_access";

    private final McpDiscovery discovery;
    private final McpClients clients;

    McpSignIn(McpDiscovery discovery, McpClients clients) {
        this.discovery = discovery;
        this.clients = clients;
    }

    /**
     * A sign-in.
     *
     * @param scopes to ask for
     */
    record Prepared(McpAuthorization authorization, List<String> scopes) {
        /** OpenID Connect, section 11: a refresh token is given to whoever asks for consent with it. */
        boolean offline() {
            return scopes.contains(OFFLINE);
        }
    }

    /**
     * Prepares one.
     *
     * @param before the connection that gets the new grant
     * @param ofTheClient nobody signs in
     */
    Uni<Prepared> prepare(
            UUID user, McpAuthorizeRequest.Valid request, McpFormer.@Nullable Before before, boolean ofTheClient) {
        String serverUrl = serverUrl(request, before);
        var wish = new McpClients.Wish(
                request.provider(),
                request.client(),
                before == null ? null : before.authorization(),
                request.newClient());
        return discovery
                .discover(serverUrl, issuer -> clients.isKnown(user, issuer, wish))
                .chain(found -> clients.choose(user, found.server(), wish)
                        .map(client -> new Prepared(
                                McpAuthorization.of(serverUrl, found, client, ofTheClient, kept(request, before)),
                                scopes(found, request, before, ofTheClient))))
                .ifNoItem()
                .after(LONGEST)
                .failWith(McpSignIn::tooLong)
                .onFailure(AuthorizationRefused.class)
                .transform(McpSignIn::problem);
    }

    private static String serverUrl(McpAuthorizeRequest.Valid request, McpFormer.@Nullable Before before) {
        if (before == null) {
            return String.valueOf(request.serverUrl());
        }
        if (request.serverUrl() != null && !request.serverUrl().equals(before.serverUrl())) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_RENEWABLE,
                    "The connection is of another server. Leave server_url out to sign in to the connection's, or"
                            + " connection_id to make a new connection.");
        }
        return before.serverUrl();
    }

    private static ObjectNode kept(McpAuthorizeRequest.Valid request, McpFormer.@Nullable Before before) {
        return before == null ? request.kept() : before.kept().deepCopy().setAll(request.kept());
    }

    /** What the server says it needs, what the connection had (more is never less), and what is asked for besides. */
    private static List<String> scopes(
            McpDiscovery.Found found,
            McpAuthorizeRequest.Valid request,
            McpFormer.@Nullable Before before,
            boolean ofTheClient) {
        Stream<String> offline =
                !ofTheClient && found.server().scopes().contains(OFFLINE) ? Stream.of(OFFLINE) : Stream.empty();
        List<String> former = before == null ? List.of() : before.scopes();
        return Stream.of(former.stream(), found.scopes().stream(), request.scopes().stream(), offline)
                .flatMap(scopes -> scopes)
                .distinct()
                .toList();
    }

    private static ProblemException problem(AuthorizationRefused refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.kind()) {
            case NOT_A_URL -> AuthorizeRequest.invalid(detail);
            case NOT_OFFERED -> new ProblemException(OAuthProblem.MCP_AUTHORIZATION_NOT_OFFERED, detail);
            case UNUSABLE -> new ProblemException(OAuthProblem.MCP_AUTHORIZATION_UNUSABLE, detail);
            case FORBIDDEN -> new ProblemException(OAuthProblem.MCP_SERVER_FORBIDDEN, detail);
            case URL_NOT_ALLOWED -> new ProblemException(OAuthProblem.SERVER_URL_NOT_ALLOWED, detail);
            case UNREACHABLE -> new ProblemException(OAuthProblem.PROVIDER_UNAVAILABLE, detail).retryAfter(RETRY);
        };
    }

    private static ProblemException tooLong() {
        return new ProblemException(
                        OAuthProblem.PROVIDER_UNAVAILABLE,
                        "The MCP server and its authorization server took too long to answer. Try again in a while.")
                .retryAfter(RETRY);
    }
}
