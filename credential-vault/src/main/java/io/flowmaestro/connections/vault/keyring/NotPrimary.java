package io.flowmaestro.connections.vault.keyring;

import java.util.UUID;

/** A data key was wrapped by a key encryption key that is not the primary one any more. */
final class NotPrimary extends RuntimeException {

    NotPrimary(UUID kekId) {
        super("Key encryption key %s is not the primary one any more".formatted(kekId));
    }
}
