package io.flowmaestro.connections.vault.keyring;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The least that AES-256-GCM can cost through the JCA: one {@code Cipher} for each direction, used over and over, and a
 * random 96-bit nonce for each message. The form is the vault's, nonce ‖ ciphertext ‖ tag.
 */
final class RawAesGcm {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecretKey key;
    private final byte[] associatedData;
    private final Cipher encryption;
    private final Cipher decryption;
    private final SecureRandom random = new SecureRandom();

    RawAesGcm(byte[] key, byte[] associatedData) throws GeneralSecurityException {
        this.key = new SecretKeySpec(key, "AES");
        this.associatedData = associatedData;
        encryption = Cipher.getInstance("AES/GCM/NoPadding");
        decryption = Cipher.getInstance("AES/GCM/NoPadding");
    }

    byte[] seal(byte[] plaintext) throws GeneralSecurityException {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        encryption.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        encryption.updateAAD(associatedData);
        var sealed = new byte[NONCE_BYTES + plaintext.length + TAG_BYTES];
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        encryption.doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
        return sealed;
    }

    byte[] open(byte[] sealed) throws GeneralSecurityException {
        decryption.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, 0, NONCE_BYTES));
        decryption.updateAAD(associatedData);
        return decryption.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }
}
