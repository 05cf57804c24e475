package io.flowmaestro.connections.mcp.access;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.problem.McpProblem;

/** Which of the suite's services may call an operation: the role alone opens nothing. */
public final class Peers {

    private static final String REGISTRY = "connection-registry";

    private Peers() {}

    /**
     * The caller, if it is connection-registry.
     *
     * @throws ProblemException 403 {@code peer-not-allowed} when it is another one
     */
    public static Caller requireRegistry(Caller caller) {
        if (!caller.via().equals(REGISTRY)) {
            throw new ProblemException(McpProblem.PEER_NOT_ALLOWED, "This operation is for " + REGISTRY + " only.");
        }
        return caller;
    }
}
