package io.flowmaestro.connections.vault.legacy;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The keys that older envelopes were sealed with; set them for the time of an import. */
@ConfigMapping(prefix = "vault.legacy")
interface LegacyKeysConfig {

    /** For {@code {"iv", "data", "authTag"}}: base64 of 32 bytes; from {@code LEGACY_ENCRYPTION_KEY}. */
    Optional<String> encryptionKey();

    /** For base64 of {@code iv ‖ tag ‖ ciphertext}: 64 hexadecimal digits; from {@code LEGACY_CREDENTIALS_KEY}. */
    Optional<String> credentialsKey();
}
