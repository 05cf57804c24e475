package io.flowmaestro.connections.vault.envelope;

import java.util.UUID;

/** The one place in which a record's ciphertext is valid. */
public record RecordContext(KeyScope scope, UUID connection, Purpose purpose) {}
