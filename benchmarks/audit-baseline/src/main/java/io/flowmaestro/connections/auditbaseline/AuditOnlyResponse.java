package io.flowmaestro.connections.auditbaseline;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The shape of the vault's answer, with the bytes of the request in the place of the ciphertext. */
@RegisterForReflection
record AuditOnlyResponse(Envelope envelope) {

    private static final byte[] NONCE = new byte[12];
    private static final byte[] TAG = new byte[16];

    /** Byte arrays are base64 in JSON. */
    @RegisterForReflection
    @SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
    record Envelope(int format, UUID keyId, int keyVersion, byte[] nonce, byte[] ciphertext, byte[] tag) {}

    static AuditOnlyResponse of(UUID keyId, byte[] bytes) {
        return new AuditOnlyResponse(new Envelope(1, keyId, 1, NONCE, bytes, TAG));
    }
}
