package io.flowmaestro.connections.vault.envelope;

/**
 * Something sealed did not open. It says one thing whatever the cause, and carries neither cause nor stack: which check
 * failed is what an attacker would like to learn.
 */
public final class DecryptionFailed extends RuntimeException {

    public DecryptionFailed() {
        super("Decryption failed", null, false, false);
    }
}
