package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the key encryption key comes from; exactly one of the two is set. */
@ConfigMapping(prefix = "vault.encryption-key")
interface EncryptionKeyConfig {

    /** The key itself, base64 of exactly 32 bytes; from {@code ENCRYPTION_KEY}. */
    Optional<String> value();

    /** A file that holds the same text; from {@code ENCRYPTION_KEY_FILE}. */
    Optional<Path> file();
}
