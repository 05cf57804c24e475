package io.flowmaestro.connections.vault.envelope;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/**
 * AES-GCM with a 256-bit key, a 96-bit nonce and a 128-bit tag, and nothing else. Everything the vault seals or opens
 * passes through here. Tink draws the nonce from the platform's {@code SecureRandom}, afresh for every message.
 *
 * <p>Tink and the JCA keep their own copies of the key and offer no way to wipe them: they go when this object does.
 */
public final class Aes256Gcm {

    public static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final Aead aead;

    private Aes256Gcm(Aead aead) {
        this.aead = aead;
    }

    /**
     * Makes the primitive for one key.
     *
     * @param key exactly 32 bytes; copied, so the caller wipes its own array afterwards
     */
    @AccessesPartialKey
    public static Aes256Gcm of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("An AES-256 key has %d bytes, not %d".formatted(KEY_BYTES, key.length));
        }
        try {
            return new Aes256Gcm(AesGcmJce.create(AesGcmKey.builder()
                    .setParameters(parameters())
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java runtime has no AES-256-GCM", impossible);
        }
    }

    private static AesGcmParameters parameters() throws GeneralSecurityException {
        return AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(NONCE_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
    }

    /** Gives nonce ‖ ciphertext ‖ tag. */
    public byte[] seal(byte[] plaintext, byte[] associatedData) {
        try {
            return aead.encrypt(plaintext, associatedData);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM refused to encrypt", impossible);
        }
    }

    /**
     * Opens nonce ‖ ciphertext ‖ tag.
     *
     * @throws DecryptionFailed whatever is wrong with it; the cause is dropped on purpose
     */
    public byte[] open(byte[] sealed, byte[] associatedData) {
        try {
            return aead.decrypt(sealed, associatedData);
        } catch (GeneralSecurityException notAuthentic) {
            throw new DecryptionFailed();
        }
    }

    @Override
    public String toString() {
        return "Aes256Gcm[redacted]";
    }
}
