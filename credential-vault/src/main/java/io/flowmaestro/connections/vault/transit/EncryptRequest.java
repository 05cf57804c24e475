package io.flowmaestro.connections.vault.transit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record to seal for the user the caller acts for.
 *
 * @param plaintext base64 of 1 byte to 256 KiB
 */
record EncryptRequest(
        @Nullable UUID connectionId,
        @Nullable String purpose,
        @Nullable Plaintext plaintext) {

    void wipe() {
        if (plaintext != null) {
            plaintext.close();
        }
    }
}
