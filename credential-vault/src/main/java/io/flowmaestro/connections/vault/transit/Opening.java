package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens one envelope with the keys that were found. Every failure of authenticity is the same problem. */
final class Opening {

    private Opening() {}

    /** The plaintext is owned by the caller. */
    static Outcome<Plaintext> open(SealedRecord record, Map<KeyVersion, DataKey> keys) {
        var version = record.envelope().map(Envelope::key);
        var key = version.map(keys::get);
        if (key.isEmpty()) {
            return failed(version);
        }
        try {
            var bytes = key.get().open(record.context(), record.envelope().orElseThrow());
            return new Outcome.Done<>(Plaintext.of(bytes), List.of(key.get()));
        } catch (DecryptionFailed forged) {
            return failed(version);
        }
    }

    static <T> Outcome<T> failed(Optional<KeyVersion> version) {
        return new Outcome.Failed<>(
                new ProblemException(
                        VaultProblem.DECRYPTION_FAILED,
                        "The envelope does not open for this user, connection and purpose."
                                + " Send it exactly as it was sealed."),
                version);
    }
}
