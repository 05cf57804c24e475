package io.flowmaestro.connections.vault.masterkey;

import java.util.UUID;

/** A key encryption key, after it proved to be the one that is enrolled under this id. */
public record VerifiedKey(UUID id, KeyEncryptionKey key) {}
