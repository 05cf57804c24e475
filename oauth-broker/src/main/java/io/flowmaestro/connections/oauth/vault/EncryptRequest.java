package io.flowmaestro.connections.oauth.vault;

import java.util.UUID;

/** The plaintext is base64. */
record EncryptRequest(UUID connectionId, String purpose, String plaintext) {

    @Override
    public String toString() {
        return "EncryptRequest[" + connectionId + "]";
    }
}
