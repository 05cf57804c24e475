package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.keyring.UnusableDataKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Seals records with the newest data key of their scope. */
@ApplicationScoped
class EncryptService {

    private static final Logger LOG = Logger.getLogger(EncryptService.class);

    private final KeyRing keyRing;
    private final OperationMetrics metrics;

    EncryptService(KeyRing keyRing, OperationMetrics metrics) {
        this.keyRing = keyRing;
        this.metrics = metrics;
    }

    /** Wipes the plaintext, however it ends. */
    Uni<Envelope> encrypt(RecordContext context, Plaintext plaintext) {
        var sealed = keyRing.toSeal(context.scope())
                .map(key -> key.seal(context, plaintext.reveal()))
                .onFailure(UnusableDataKey.class)
                .transform(EncryptService::unusable)
                .onTermination()
                .invoke(plaintext::close);
        return metrics.counted(Operation.ENCRYPT, context.purpose(), sealed);
    }

    /** Nothing was lost by refusing, and going on with a fresh key would hide that the stored one was altered. */
    private static ProblemException unusable(Throwable key) {
        LOG.errorf("%s: its row was altered, or it was wrapped by another key", key.getMessage());
        return new ProblemException(
                VaultProblem.DATA_KEY_UNUSABLE,
                "The user's data key cannot be used. An operator has to restore it; the vault's log names the key.");
    }
}
