package io.flowmaestro.connections.vault.masterkey;

/**
 * A key encryption key that this replica was given.
 *
 * @param provider where it lives: {@code local}, or the name of its {@link KeyManagementService}
 */
record ConfiguredKey(String provider, KeyEncryptionKey key) {

    static final String LOCAL = "local";
}
