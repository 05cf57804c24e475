package io.flowmaestro.connections.migration.report;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Length and SHA-256 of what was written so far. */
final class Fingerprint {
    private final MessageDigest digest = sha256Digest();
    private long bytes;

    void add(byte[] more) {
        digest.update(more);
        bytes += more.length;
    }

    long bytes() {
        return bytes;
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
