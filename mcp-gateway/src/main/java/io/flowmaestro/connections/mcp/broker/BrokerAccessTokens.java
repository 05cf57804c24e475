package io.flowmaestro.connections.mcp.broker;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.authorization.AccessTokens;
import io.flowmaestro.connections.mcp.authorization.NotRenewable;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.flowmaestro.connections.mcp.upstream.AccessToken;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

@ApplicationScoped
class BrokerAccessTokens implements AccessTokens {

    private static final Logger LOG = Logger.getLogger(BrokerAccessTokens.class);
    /** An authorization server may be asked meanwhile, for which the broker takes 20 s at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(25);

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final BrokerClient broker;

    BrokerAccessTokens(@RestClient BrokerClient broker) {
        this.broker = broker;
    }

    @Override
    public Uni<AccessToken> usable(UUID user, UUID connection) {
        return ask(user, connection, new TokenRequest(null))
                .onFailure()
                .transform(failure -> hasStatus(failure, CONFLICT) ? ended() : problem(failure));
    }

    @Override
    public Uni<AccessToken> afterRefusal(UUID user, UUID connection, long version) {
        return ask(user, connection, new TokenRequest(version))
                .onFailure()
                .transform(failure -> hasStatus(failure, CONFLICT) ? new NotRenewable() : problem(failure));
    }

    private Uni<AccessToken> ask(UUID user, UUID connection, TokenRequest request) {
        return Detached.call(broker.accessToken(user, connection, request))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(TokenAnswer::token);
    }

    private static boolean hasStatus(Throwable failure, int status) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == status;
    }

    private static ProblemException ended() {
        return new ProblemException(
                McpProblem.CONNECTION_NOT_ACTIVE,
                "The connection's token has ended and cannot be renewed. Reconnect it: GET /api/oauth/mcp/authorize with its connection_id.");
    }

    private static ProblemException problem(Throwable failure) {
        if (hasStatus(failure, NOT_FOUND)) {
            return new ProblemException(
                    McpProblem.CONNECTION_NOT_FOUND, "There is no such connection among the user's connections.");
        }
        LOG.infof("The broker gave no token: %s", failure);
        return new ProblemException(
                        FrameworkProblem.SERVICE_UNAVAILABLE,
                        "The connection's token has to be renewed, and cannot be right now. Try again shortly.")
                .retryAfter(RETRY);
    }
}
