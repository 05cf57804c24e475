package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.Providers;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.flowmaestro.connections.oauth.token.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Hands out credentials that work. */
@ApplicationScoped
class CredentialService {

    private final Connections connections;
    private final Sealing sealing;
    private final RefreshService refreshes;
    private final Providers providers;
    private final DueTests tests;
    private final UsageLog usage;

    CredentialService(
            Connections connections,
            Sealing sealing,
            RefreshService refreshes,
            Providers providers,
            DueTests tests,
            UsageLog usage) {
        this.connections = connections;
        this.sealing = sealing;
        this.refreshes = refreshes;
        this.providers = providers;
        this.tests = tests;
        this.usage = usage;
    }

    /** @param scopes that an OAuth token must have; other methods know none */
    Uni<CredentialView> usable(Caller caller, UUID id, List<String> scopes) {
        return usage.ofOne(
                caller,
                id,
                () -> connections
                        .require(caller.subject(), id)
                        .map(StoredConnection::requireActive)
                        .chain(tests::settle)
                        .chain(stored -> open(stored, scopes)));
    }

    /** For a test, which is no use and waits for none: also of a connection that seems not to work. */
    Uni<CredentialView> forTest(UUID user, UUID id) {
        return connections
                .require(user, id)
                .map(StoredConnection::requireTestable)
                .chain(stored -> open(stored, List.of()));
    }

    private Uni<CredentialView> open(StoredConnection stored, List<String> scopes) {
        return sealing.open(stored)
                .chain(data -> stored.method() == ConnectionMethod.OAUTH2
                        ? oauth(new OpenConnection(stored, TokenData.read(data)), scopes)
                        : plain(stored, data));
    }

    private Uni<CredentialView> plain(StoredConnection stored, ObjectNode data) {
        return view(stored, Credential.of(stored, data), stored.generation());
    }

    private Uni<CredentialView> oauth(OpenConnection seen, List<String> scopes) {
        return refreshes
                .usable(seen)
                .invoke(good -> requireScopes(good, scopes))
                .chain(good -> view(good.stored(), new Credential.OAuth2(good.tokens()), good.generation()));
    }

    /** A provider that is unknown, or a catalogue that is away and was never read, only costs the hint. */
    private Uni<CredentialView> view(StoredConnection stored, Credential credential, long version) {
        return providers
                .find(stored.provider())
                .onFailure(ProblemException.class)
                .recoverWithItem(Optional.<Provider>empty())
                .map(provider ->
                        CredentialView.of(credential, version, Applying.of(credential, provider.orElse(null))));
    }

    private static void requireScopes(OpenConnection connection, List<String> wanted) {
        var missing = new HashSet<>(wanted);
        connection.tokens().scope().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    OAuthProblem.INSUFFICIENT_SCOPE,
                    "The connection lacks " + missing.size() + " of the scopes asked for: "
                            + String.join(
                                    " ", missing.stream().sorted().limit(20).toList())
                            + ". Reconnect it with them.");
        }
    }
}
