package io.flowmaestro.connections.vault.masterkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.List;

/** Keys that stand in examples and templates, or that a pattern gives away. A random key is none of them. */
final class KnownKeys {

    /** A random key has some thirty distinct bytes; fewer than this happens to none in the lifetime of the universe. */
    private static final int FEWEST_DISTINCT = 10;

    private static final List<String> EXAMPLES = List.of(
            "0123456789abcdef0123456789abcdef",
            "0123456789ABCDEF0123456789ABCDEF",
            "01234567890123456789012345678901",
            "12345678901234567890123456789012",
            "abcdefghijklmnopqrstuvwxyz123456",
            "abcdefghijklmnopqrstuvwxyz012345",
            "change-me-change-me-change-me-32",
            "changemechangemechangemechangeme",
            "your-32-byte-encryption-key-here",
            "this-is-a-32-byte-encryption-key",
            "default-encryption-key-32-bytes!",
            "development-encryption-key-32byt");

    private KnownKeys() {}

    static boolean contains(byte[] key) {
        return isPatterned(key)
                || EXAMPLES.stream().anyMatch(example -> MessageDigest.isEqual(example.getBytes(US_ASCII), key));
    }

    private static boolean isPatterned(byte[] key) {
        var distinct = new boolean[256];
        var count = 0;
        var evenSteps = true;
        for (int i = 0; i < key.length; i++) {
            var value = key[i] & 0xff;
            count += distinct[value] ? 0 : 1;
            distinct[value] = true;
            evenSteps &= i < 2 || (byte) (key[i] - key[i - 1]) == (byte) (key[1] - key[0]);
        }
        return count < FEWEST_DISTINCT || evenSteps;
    }
}
