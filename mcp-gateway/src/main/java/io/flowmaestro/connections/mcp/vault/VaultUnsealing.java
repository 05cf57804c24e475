package io.flowmaestro.connections.mcp.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.connection.Unsealing;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

@ApplicationScoped
class VaultUnsealing implements Unsealing {

    private static final Logger LOG = Logger.getLogger(VaultUnsealing.class);
    private static final String PURPOSE = "connection-data";
    private static final int DECRYPTION_FAILED = 422;
    /** The waiting for a connection included, which the client's own time limits leave out. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final VaultClient vault;

    VaultUnsealing(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public Uni<byte[]> open(UUID user, UUID connection, JsonNode envelope) {
        return Detached.call(vault.decrypt(user, new VaultClient.Sealed(connection, PURPOSE, envelope)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(opened -> opened.data().plaintext())
                .onFailure()
                .transform(VaultUnsealing::problem);
    }

    private static ProblemException problem(Throwable failure) {
        if (failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == DECRYPTION_FAILED) {
            return new ProblemException(
                    McpProblem.CREDENTIAL_UNREADABLE,
                    "The connection's credential cannot be read. Reconnect it, or ask an operator to look at the vault.");
        }
        LOG.warnf("The credential vault did not answer: %s", failure);
        return new ProblemException(
                        FrameworkProblem.SERVICE_UNAVAILABLE,
                        "The credential vault is not available right now. Try again shortly.")
                .retryAfter(RETRY);
    }
}
