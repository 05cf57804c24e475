package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.mcp.AuthorizationServer;
import io.flowmaestro.connections.oauthclient.mcp.ClientRegistration;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who we are at an authorization server, in the specification's order: a client that was registered for us, the
 * document that describes us, a registration of our own. What is known at one issuer is never shown to another.
 */
@ApplicationScoped
public class McpClients {

    private static final Logger LOG = Logger.getLogger(McpClients.class);
    /** In the order in which they are asked for: one that proves itself is worth more than one that does not. */
    private static final List<String> METHODS =
            List.of(McpClient.BASIC, McpClient.POST, McpClient.NONE, McpClient.SIGNED);

    private final ClientDocuments documents;
    private final OperatorClients operators;
    private final RegisteredClientRepository repository;
    private final ClientRegistration registration;
    private final Sealing sealing;
    private final PublicAddress address;

    McpClients(
            ClientDocuments documents,
            OperatorClients operators,
            RegisteredClientRepository repository,
            ClientRegistration registration,
            Sealing sealing,
            PublicAddress address) {
        this.documents = documents;
        this.operators = operators;
        this.repository = repository;
        this.registration = registration;
        this.sealing = sealing;
        this.address = address;
    }

    /**
     * What speaks for one client or another.
     *
     * @param provider key of the catalogue's entry
     * @param given by the user
     * @param former the authorization of the connection that is made anew
     * @param anew whether a registration that there is already is passed over
     */
    public record Wish(
            String provider,
            @Nullable GivenClient given,
            @Nullable McpAuthorization former,
            boolean anew) {}

    /** Fails with {@code mcp-client-needed} where only the user can help, and as {@link ClientRegistration} does. */
    public Uni<McpClient> choose(UUID user, AuthorizationServer server, Wish wish) {
        return known(server, wish)
                .or(() -> documents.client(server))
                .map(client -> Uni.createFrom().item(client))
                .orElseGet(() -> registered(user, server, wish));
    }

    private Optional<McpClient> known(AuthorizationServer server, Wish wish) {
        return Optional.ofNullable(wish.given())
                .map(given -> given.at(server))
                .or(() -> former(server, wish.former()))
                .or(() -> operators.find(wish.provider(), server.issuer()).map(client -> client.at(server)));
    }

    /**
     * Whether an issuer knows a client that could be chosen there: one of the connection before, the operator's, or one that
     * was registered. A document and a client that the user gives are good anywhere.
     */
    public Uni<Boolean> isKnown(UUID user, String issuer, Wish wish) {
        boolean before = wish.former() != null && wish.former().issuer().equals(issuer);
        return before || operators.find(wish.provider(), issuer).isPresent()
                ? Uni.createFrom().item(true)
                : wish.anew()
                        ? Uni.createFrom().item(false)
                        : repository.find(user, issuer, redirectUri()).map(Optional::isPresent);
    }

    private static Optional<McpClient> former(AuthorizationServer server, @Nullable McpAuthorization former) {
        return Optional.ofNullable(former)
                .filter(authorization -> authorization.issuer().equals(server.issuer()))
                .map(McpAuthorization::client)
                .filter(client -> client.kind() == McpClient.Kind.PREREGISTERED);
    }

    private Uni<McpClient> registered(UUID user, AuthorizationServer server, Wish wish) {
        String endpoint = server.registrationEndpoint();
        if (endpoint == null) {
            return documents
                    .any(server)
                    .map(client -> Uni.createFrom().item(client))
                    .orElseGet(() -> Uni.createFrom().failure(needed()));
        }
        String redirectUri = redirectUri();
        return wish.anew()
                ? register(user, server, endpoint, redirectUri)
                : repository
                        .find(user, server.issuer(), redirectUri)
                        .chain(found -> found.map(client -> open(user, client))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                        .chain(found -> found.map(client -> Uni.createFrom().item(client))
                                .orElseGet(() -> register(user, server, endpoint, redirectUri)));
    }

    /** One that cannot be opened is as good as none. */
    private Uni<Optional<McpClient>> open(UUID user, RegisteredClient client) {
        return sealing.open(user, client.id(), client.envelope())
                .map(opened -> Optional.of(McpClient.read(opened)))
                .onFailure(McpClients::isUnreadable)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }

    /** A crash before it is stored leaves a client at the server that nobody uses. */
    private Uni<McpClient> register(UUID user, AuthorizationServer server, String endpoint, String redirectUri) {
        String method = METHODS.stream()
                .filter(server.authMethods()::contains)
                .filter(ours -> !ours.equals(McpClient.SIGNED) || server.takesOurSignature())
                .findFirst()
                .orElse(McpClient.NONE);
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        return registration.register(endpoint, documents.metadata(method)).chain(made -> {
            var client = new McpClient(
                    McpClient.Kind.REGISTERED, made.clientId(), made.secret(), null, known(made.authMethod()));
            return sealing.seal(user, id, client.write())
                    .chain(envelope -> repository.store(
                            user,
                            server.issuer(),
                            redirectUri,
                            made.clientId(),
                            new RegisteredClient(id, envelope),
                            made.secretExpiresAt()))
                    .replaceWith(client);
        });
    }

    private static String known(String method) {
        if (!METHODS.contains(method)) {
            throw new ProblemException(
                    OAuthProblem.MCP_AUTHORIZATION_UNUSABLE,
                    "The MCP server's authorization server wants a proof of its clients that is not supported here."
                            + " Register a client there yourself and give it as client.");
        }
        return method;
    }

    /** A client that its server no longer knows is registered anew the next time. Never fails. */
    public Uni<Void> forget(UUID user, McpAuthorization authorization) {
        return !authorization.isOfOurRegistration()
                ? Uni.createFrom().voidItem()
                : repository
                        .forget(
                                user,
                                authorization.issuer(),
                                authorization.client().id())
                        .onFailure()
                        .invoke(failure ->
                                LOG.warnf(failure, "A client that %s no longer knows is kept", authorization.issuer()))
                        .onFailure()
                        .recoverWithNull();
    }

    /** The same for tokens that the client was issued. */
    public Uni<Void> forget(UUID user, OAuthTokens tokens) {
        return McpAuthorization.in(tokens.fields())
                .map(authorization -> forget(user, authorization))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Where authorization servers of MCP servers send the browser back to. */
    public String redirectUri() {
        return address.callback(ClientDocuments.PROVIDER);
    }

    private static ProblemException needed() {
        return new ProblemException(
                OAuthProblem.MCP_CLIENT_NEEDED,
                "The MCP server's authorization server takes only clients that it knows. Register one there, with the"
                        + " redirect URI that GET /api/oauth/client-metadata.json names, and give it as client.");
    }
}
