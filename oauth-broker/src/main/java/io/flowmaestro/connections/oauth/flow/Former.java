package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What a connection that is being renewed had before: its scopes are asked for again, at the same addresses. */
@ApplicationScoped
class Former {

    private static final Logger LOG = Logger.getLogger(Former.class);

    private final Connections connections;
    private final Sealing sealing;

    Former(Connections connections, Sealing sealing) {
        this.connections = connections;
        this.sealing = sealing;
    }

    /** Of a grant that may no longer work. */
    record Grant(List<String> scopes, List<String> extraScopes, Map<String, String> fields) {

        static final Grant NONE = new Grant(List.of(), List.of(), Map.of());

        private static Grant of(OAuthTokens tokens) {
            var texts = tokens.texts();
            String extra = texts.getOrDefault(TokenData.EXTRA_SCOPES, "");
            return new Grant(tokens.scope(), Exchanged.extraScopes(extra), texts);
        }
    }

    /** Fails unless it is the user's, an OAuth connection and of this provider. */
    Uni<Grant> of(UUID user, UUID connection, String provider) {
        return connections
                .require(user, connection)
                .map(stored -> requireRenewable(stored, provider))
                .chain(sealing::open)
                .map(data -> Grant.of(TokenData.read(data)))
                .onFailure(Former::isUnreadable)
                .recoverWithItem(() -> {
                    LOG.infof(
                            "Connection %s is renewed without what it had before, which cannot be opened", connection);
                    return Grant.NONE;
                });
    }

    private static StoredConnection requireRenewable(StoredConnection stored, String provider) {
        if (stored.method() != ConnectionMethod.OAUTH2 || !stored.provider().equals(provider)) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_RENEWABLE,
                    "Only an OAuth connection of the same provider can be renewed by a sign-in. Leave connection_id out to make a new connection.");
        }
        return stored;
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }
}
