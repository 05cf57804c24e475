package io.flowmaestro.connections.oauth.problem;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;

/** Which of the suite's services may call an internal operation: the role alone opens nothing. */
public final class Peers {

    private static final String REGISTRY = "connection-registry";

    private static final String GATEWAY = "mcp-gateway";

    private Peers() {}

    /**
     * The caller, if it is the registry.
     *
     * @throws ProblemException for any other service
     */
    public static Caller requireRegistry(Caller caller) {
        return require(REGISTRY, caller);
    }

    /**
     * The caller, if it is the gateway.
     *
     * @throws ProblemException for any other service
     */
    public static Caller requireGateway(Caller caller) {
        return require(GATEWAY, caller);
    }

    private static Caller require(String service, Caller caller) {
        if (!service.equals(caller.via())) {
            throw new ProblemException(OAuthProblem.PEER_NOT_ALLOWED, "This operation is for " + service + " only.");
        }
        return caller;
    }
}
