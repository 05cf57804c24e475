package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.Base64;

/** Reads the key's text, and refuses everything that is not a key with a message that says what to do. */
final class EncryptionKeyText {

    private EncryptionKeyText() {}

    /**
     * Reads one key.
     *
     * @param name of the environment variable, for messages
     * @param production also refuses keys that are known or guessable
     * @return 32 bytes, owned by the caller
     */
    static byte[] parse(String name, String text, boolean production) {
        if (text.isBlank()) {
            throw missing(name);
        }
        var key = decode(name, text.strip());
        if (key.length != Aes256Gcm.KEY_BYTES) {
            Arrays.fill(key, (byte) 0);
            throw refused(
                    name,
                    "%s must be base64 of exactly %d bytes, but decodes to %d."
                            .formatted(name, Aes256Gcm.KEY_BYTES, key.length));
        }
        if (isZero(key)) {
            throw refused(name, name + " is all zeros, which protects nothing.");
        }
        if (production && KnownKeys.contains(key)) {
            Arrays.fill(key, (byte) 0);
            throw refused(name, name + " is a well-known or patterned value, which anyone can guess.");
        }
        return key;
    }

    static ConfigurationException missing(String name) {
        return refused(name, name + " is missing; the vault does not run without a key.");
    }

    static ConfigurationException refused(String name, String reason) {
        return new ConfigurationException(
                "%1$s Make a key once with `openssl rand -base64 32`, keep it safe, and set it as %2$s or in the file that %2$s_FILE names."
                        .formatted(reason, name));
    }

    private static byte[] decode(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            // The cause is dropped: its message quotes a character of the key.
            throw refused(name, name + " is not base64 (standard alphabet).");
        }
    }

    private static boolean isZero(byte[] key) {
        var bits = 0;
        for (byte b : key) {
            bits |= b;
        }
        return bits == 0;
    }
}
