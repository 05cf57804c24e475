package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.keyring.UnusableDataKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Finds the newest data key of a scope, to seal with. */
@ApplicationScoped
class SealingKey {

    private static final Logger LOG = Logger.getLogger(SealingKey.class);

    private final KeyRing keyRing;

    SealingKey(KeyRing keyRing) {
        this.keyRing = keyRing;
    }

    Uni<DataKey> of(KeyScope scope, int messages) {
        return keyRing.toSeal(scope, messages).onFailure(UnusableDataKey.class).transform(SealingKey::unusable);
    }

    /** Nothing was lost by refusing, and going on with a fresh key would hide that the stored one was altered. */
    private static ProblemException unusable(Throwable key) {
        LOG.errorf("%s: its row was altered, or it was wrapped by another key", key.getMessage());
        return new ProblemException(
                VaultProblem.DATA_KEY_UNUSABLE,
                "The user's data key cannot be used. An operator has to restore it; the vault's log names the key.");
    }
}
