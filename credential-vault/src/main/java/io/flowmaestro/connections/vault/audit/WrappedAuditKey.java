package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import java.util.UUID;

/** The audit key as it is stored: of use only to who holds the key encryption key {@code kekId}. */
record WrappedAuditKey(UUID id, UUID kekId, Bytes wrapped) {}
