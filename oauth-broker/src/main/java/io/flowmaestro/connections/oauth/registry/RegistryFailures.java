package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** What the registry's failures mean here. Its words are not passed on. */
final class RegistryFailures {

    private static final Logger LOG = Logger.getLogger(RegistryFailures.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Of who asks, of the line and of the rate: 401, 403, 408, 425, 429. */
    private static final Set<Integer> OF_THE_MOMENT = Set.of(401, 403, 408, 425, 429);

    private RegistryFailures() {}

    static boolean hasStatus(Throwable failure, int status) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == status;
    }

    /** Whether the registry has said no to what was asked, as it would each time: not that it cannot answer now, or not us. */
    static boolean isRefusal(Throwable failure) {
        if (!(failure instanceof WebApplicationException answered)) {
            return false;
        }
        int status = answered.getResponse().getStatus();
        return status >= 400 && status < 500 && !OF_THE_MOMENT.contains(status);
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
        tell(failure);
        return new ProblemException(
                        OAuthProblem.REGISTRY_UNAVAILABLE,
                        "The connection registry cannot be reached right now. Nothing was changed; try again shortly.")
                .retryAfter(RETRY);
    }

    static void tell(Throwable failure) {
        LOG.warnf("The connection registry did not answer as it should: %s", describe(failure));
    }

    private static String describe(Throwable failure) {
        return failure instanceof WebApplicationException answered
                ? "status " + answered.getResponse().getStatus()
                : failure.getClass().getSimpleName();
    }
}
