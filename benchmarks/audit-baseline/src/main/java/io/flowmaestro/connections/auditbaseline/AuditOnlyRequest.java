package io.flowmaestro.connections.auditbaseline;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of the vault's encrypt call.
 *
 * @param plaintext base64 in JSON
 */
@SuppressWarnings("ArrayRecordComponent") // read from JSON, never compared
record AuditOnlyRequest(
        @Nullable UUID connectionId, @Nullable String purpose, byte @Nullable [] plaintext) {}
