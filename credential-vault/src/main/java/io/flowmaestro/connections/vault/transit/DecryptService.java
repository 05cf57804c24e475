package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.keyring.UnusableDataKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Opens records with the data key their envelope names, in the place they were sealed for. */
@ApplicationScoped
class DecryptService {

    private static final Logger LOG = Logger.getLogger(DecryptService.class);

    private final KeyRing keyRing;
    private final OperationMetrics metrics;

    DecryptService(KeyRing keyRing, OperationMetrics metrics) {
        this.keyRing = keyRing;
        this.metrics = metrics;
    }

    /** Gives the plaintext, owned by the caller. Every failure of authenticity is the same problem. */
    Uni<Plaintext> decrypt(RecordContext context, JsonNode envelope) {
        var opened = Uni.createFrom()
                .item(() -> EnvelopeFormat.read(envelope))
                .chain(parsed -> open(context, parsed))
                .onFailure(UnusableDataKey.class)
                .transform(DecryptService::unusable)
                .onFailure(DecryptionFailed.class)
                .transform(_ -> refusal());
        return metrics.counted(Operation.DECRYPT, context.purpose(), opened);
    }

    private Uni<Plaintext> open(RecordContext context, Envelope envelope) {
        return keyRing.toOpen(context.scope(), envelope.key()).map(key -> Plaintext.of(key.open(context, envelope)));
    }

    /** The operator learns from the log what the caller does not. */
    private static Throwable unusable(Throwable key) {
        LOG.errorf("%s: its row was altered, or it was wrapped by another key", key.getMessage());
        return new DecryptionFailed();
    }

    private static ProblemException refusal() {
        return new ProblemException(
                VaultProblem.DECRYPTION_FAILED,
                "The envelope does not open for this user, connection and purpose. Send it exactly as it was sealed.");
    }
}
