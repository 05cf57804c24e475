package io.flowmaestro.connections.registry.vault;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.connection.Sealer;
import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Seals with credential-vault. The registry can seal and cannot open. */
@ApplicationScoped
class VaultSealer implements Sealer {

    private static final Logger LOG = Logger.getLogger(VaultSealer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private final VaultClient vault;

    VaultSealer(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public Uni<String> seal(UUID user, UUID connection, Secret plaintext) {
        return seal(user, connection, "connection-data", plaintext);
    }

    Uni<String> seal(UUID user, UUID owner, String purpose, Secret plaintext) {
        String base64 = Base64.getEncoder().encodeToString(plaintext.revealBytes());
        return Detached.call(vault.encrypt(user, new VaultClient.Request(owner, purpose, base64)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(VaultSealer::envelope)
                .onFailure()
                .transform(VaultSealer::unavailable);
    }

    private static String envelope(VaultClient.Answer answer) {
        if (answer.data() == null
                || answer.data().envelope() == null
                || !answer.data().envelope().isObject()) {
            throw new IllegalStateException("the vault answered without an envelope");
        }
        return answer.data().envelope().toString();
    }

    /** Whatever went wrong, nothing was stored: the caller may simply try again. */
    private static ProblemException unavailable(Throwable failure) {
        LOG.warnf("credential-vault did not seal: %s", failure);
        return RegistryProblem.unavailable(
                RegistryProblem.VAULT_UNAVAILABLE, "The vault does not answer. Nothing was stored; try again shortly.");
    }
}
