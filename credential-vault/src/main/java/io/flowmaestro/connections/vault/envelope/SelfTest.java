package io.flowmaestro.connections.vault.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Known answers through the primitive that everything passes through, when the vault starts. A runtime whose AES-256-GCM
 * gives other answers, or opens what was changed, must not touch a key.
 */
@Singleton
@Startup
class SelfTest {

    private static final HexFormat HEX = HexFormat.of();

    /** Made with another implementation (OpenSSL 3). */
    private static final byte[] KEY = HEX.parseHex("097bf969f1868c77e34d8ed7bdf1f684efd4245eac97ee5b2f457fadd182f347");

    private static final byte[] ASSOCIATED_DATA = "flowmaestro.vault.self-test".getBytes(US_ASCII);
    private static final byte[] PLAINTEXT = "known answer".getBytes(US_ASCII);
    private static final byte[] SEALED =
            HEX.parseHex("cd3baefd29359ea1f6062563fe33c1d4bcad7ac0cd014c719b8326a77d778115fd6f54a247bb6445");

    SelfTest() {
        var cipher = Aes256Gcm.of(KEY);
        require(Arrays.equals(cipher.open(SEALED, ASSOCIATED_DATA), PLAINTEXT), "does not give the known answer");
        var changed = SEALED.clone();
        changed[changed.length - 1] ^= 1;
        require(refuses(cipher, changed, ASSOCIATED_DATA), "opens a changed tag");
        require(refuses(cipher, SEALED, PLAINTEXT), "opens with other associated data");
        var once = cipher.seal(PLAINTEXT, ASSOCIATED_DATA);
        var again = cipher.seal(PLAINTEXT, ASSOCIATED_DATA);
        require(!Arrays.equals(once, again), "repeats a nonce");
        require(Arrays.equals(cipher.open(once, ASSOCIATED_DATA), PLAINTEXT), "does not open what it sealed");
    }

    private static boolean refuses(Aes256Gcm cipher, byte[] sealed, byte[] associatedData) {
        try {
            cipher.open(sealed, associatedData);
            return false;
        } catch (DecryptionFailed refused) {
            return true;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("The self-test failed: AES-256-GCM of this Java runtime " + otherwise
                    + ". The vault does not start; use another JDK.");
        }
    }
}
