package io.flowmaestro.connections.registry.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.peer.PeerProblem;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.testing.CredentialSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Credentials from oauth-broker, which refreshes OAuth tokens that are due. */
@ApplicationScoped
class BrokerCredentials implements CredentialSource {

    private static final Logger LOG = Logger.getLogger(BrokerCredentials.class);

    /** A refresh may be part of it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(24);

    private final BrokerClient broker;

    BrokerCredentials(@RestClient BrokerClient broker) {
        this.broker = broker;
    }

    @Override
    public Uni<Fetched> fetch(UUID user, UUID connection) {
        return Detached.call(broker.credential(user, connection))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(BrokerCredentials::data)
                .onFailure()
                .transform(BrokerCredentials::translate);
    }

    private static Fetched data(BrokerClient.Answer answer) {
        JsonNode data = answer.data();
        if (data == null || !data.isObject() || !data.path("credential_version").isIntegralNumber()) {
            throw new IllegalStateException("the broker answered without a credential and its version");
        }
        return new Fetched(data, data.path("credential_version").longValue());
    }

    private static Throwable translate(Throwable failure) {
        Optional<PeerProblem> problem = PeerProblem.of(failure);
        String code = problem.map(PeerProblem::code).orElse("");
        if (RegistryProblem.CONNECTION_NOT_FOUND.code().equals(code)) {
            return RegistryProblem.connectionNotFound();
        }
        if (RegistryProblem.CONNECTION_NOT_ACTIVE.code().equals(code)) {
            return new ProblemException(
                    RegistryProblem.CONNECTION_NOT_ACTIVE,
                    problem.map(PeerProblem::detail).orElse("The connection cannot be used. Reconnect it."));
        }
        LOG.warnf("oauth-broker gave no credential for a test: %s", code.isEmpty() ? failure.toString() : code);
        return RegistryProblem.unavailable(
                RegistryProblem.BROKER_UNAVAILABLE,
                "The credential could not be fetched for the test. Try again in a few minutes.");
    }
}
