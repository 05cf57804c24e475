package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;

/** A key encryption key that the vault was given as bytes. */
final class LocalKey implements KeyEncryptionKey {

    private final Aes256Gcm cipher;

    private LocalKey(Aes256Gcm cipher) {
        this.cipher = cipher;
    }

    /** Takes the bytes over and wipes them. */
    static LocalKey of(byte[] key) {
        try {
            return new LocalKey(Aes256Gcm.of(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData) {
        return Uni.createFrom().item(() -> cipher.seal(dataKey, associatedData));
    }

    @Override
    public Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData) {
        return Uni.createFrom().item(() -> cipher.open(wrapped, associatedData));
    }

    @Override
    public String toString() {
        return "LocalKey[redacted]";
    }
}
