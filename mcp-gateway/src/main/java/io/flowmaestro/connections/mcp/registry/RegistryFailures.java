package io.flowmaestro.connections.mcp.registry;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What a failure of the registry means to our caller. */
final class RegistryFailures {

    private static final Logger LOG = Logger.getLogger(RegistryFailures.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private RegistryFailures() {}

    static ProblemException of(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known;
        }
        if (failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == 404) {
            return new ProblemException(
                    McpProblem.CONNECTION_NOT_FOUND, "There is no such connection among the user's connections.");
        }
        LOG.warnf("The connection registry did not answer: %s", failure);
        return new ProblemException(
                        FrameworkProblem.SERVICE_UNAVAILABLE,
                        "The connection registry is not available right now. Try again shortly.")
                .retryAfter(RETRY);
    }
}
