package io.flowmaestro.connections.registry.peer;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.Set;

/** Which of the suite's services may call an operation: the role alone opens nothing. */
public enum AllowedPeers {
    OAUTH_BROKER,
    MCP_GATEWAY,
    CREDENTIAL_USERS;

    private Set<String> clients() {
        return switch (this) {
            case OAUTH_BROKER -> Set.of("oauth-broker");
            case MCP_GATEWAY -> Set.of("mcp-gateway");
            case CREDENTIAL_USERS -> Set.of("oauth-broker", "mcp-gateway");
        };
    }

    public void require(Caller caller) {
        require(caller.via());
    }

    /** The same for a call that names no user. */
    public void require(String client) {
        if (!clients().contains(client)) {
            throw new ProblemException(
                    RegistryProblem.PEER_NOT_ALLOWED,
                    "This operation is for %s only."
                            .formatted(String.join(
                                    " and ", clients().stream().sorted().toList())));
        }
    }
}
