package io.flowmaestro.connections.vault.masterkey;

/**
 * A key encryption key that this replica was given.
 *
 * @param provider where it lives: {@code local}, or the word for its key management service, e.g. {@code aws-kms}
 */
public record ConfiguredKey(String provider, KeyEncryptionKey key) {

    static final String LOCAL = "local";
}
