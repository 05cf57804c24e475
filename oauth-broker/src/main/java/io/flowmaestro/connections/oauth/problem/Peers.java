package io.flowmaestro.connections.oauth.problem;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;

/** Which of the suite's services may call an internal operation: the role alone opens nothing. */
public final class Peers {

    private static final String REGISTRY = "connection-registry";

    private Peers() {}

    /**
     * The caller, if it is the registry.
     *
     * @throws ProblemException for any other service
     */
    public static Caller requireRegistry(Caller caller) {
        if (!REGISTRY.equals(caller.via())) {
            throw new ProblemException(OAuthProblem.PEER_NOT_ALLOWED, "This operation is for " + REGISTRY + " only.");
        }
        return caller;
    }
}
