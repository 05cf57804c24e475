package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the key encryption keys come from. For the key itself exactly one of the three is set; a next key is optional. */
@ConfigMapping(prefix = "vault.encryption-key")
interface EncryptionKeyConfig {

    /** The key itself, base64 of exactly 32 bytes; from {@code ENCRYPTION_KEY}. */
    Optional<String> value();

    /** A file that holds the same text; from {@code ENCRYPTION_KEY_FILE}. */
    Optional<Path> file();

    /** A key in a key management service, e.g. {@code hcvault://transit/keys/connections}; from {@code ENCRYPTION_KEY_URI}. */
    Optional<String> uri();

    /**
     * A second key that this replica holds, in the same three forms: the one to change to, or the one changed from while
     * data keys are still wrapped by it; from {@code ENCRYPTION_KEY_NEXT}, {@code …_NEXT_FILE} or {@code …_NEXT_URI}.
     */
    Next next();

    interface Next {

        /** As {@link EncryptionKeyConfig#value()}. */
        Optional<String> value();

        /** As {@link EncryptionKeyConfig#file()}. */
        Optional<Path> file();

        /** As {@link EncryptionKeyConfig#uri()}. */
        Optional<String> uri();
    }
}
