package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is ready to go to a worker.
 *
 * @param json the whole body of the answer, written once however often it is handed out
 * @param tokens of an OAuth connection
 */
record HandedOut(String json, @Nullable OAuthTokens tokens) {

    /** @throws ProblemException 403 that names the scopes which an OAuth token lacks; other credentials have none */
    void requireScopes(List<String> wanted) {
        if (tokens == null) {
            return;
        }
        var missing = new HashSet<>(wanted);
        tokens.scope().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    OAuthProblem.INSUFFICIENT_SCOPE,
                    "The connection lacks " + missing.size() + " of the scopes asked for: "
                            + String.join(
                                    " ", missing.stream().sorted().limit(20).toList())
                            + ". Reconnect it with them.");
        }
    }

    @Override
    public String toString() {
        return "HandedOut[redacted]";
    }
}
