package io.flowmaestro.connections.vault.masterkey;

import java.util.UUID;

/** The key encryption key, after it proved to be the one the database was sealed with. */
public record VerifiedKey(UUID id, KeyEncryptionKey key) {}
