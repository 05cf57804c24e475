package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What the registry's failures mean here. Its words are not passed on. */
final class RegistryFailures {

    private static final Logger LOG = Logger.getLogger(RegistryFailures.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private RegistryFailures() {}

    static boolean hasStatus(Throwable failure, int status) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == status;
    }

    static Throwable ofConnection(Throwable failure) {
        return hasStatus(failure, 404)
                ? new ProblemException(
                        OAuthProblem.CONNECTION_NOT_FOUND, "There is no such connection. It may have been deleted.")
                : unavailable(failure);
    }

    static Throwable unavailable(Throwable failure) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        LOG.warnf("The connection registry did not answer as it should: %s", describe(failure));
        return new ProblemException(
                        OAuthProblem.REGISTRY_UNAVAILABLE,
                        "The connection registry cannot be reached right now. Nothing was changed; try again shortly.")
                .retryAfter(RETRY);
    }

    private static String describe(Throwable failure) {
        return failure instanceof WebApplicationException answered
                ? "status " + answered.getResponse().getStatus()
                : failure.getClass().getSimpleName();
    }
}
