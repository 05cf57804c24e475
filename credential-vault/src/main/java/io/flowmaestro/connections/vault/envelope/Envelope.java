package io.flowmaestro.connections.vault.envelope;

/**
 * A sealed record: which data key opens it, and nonce ‖ ciphertext ‖ tag. Nothing in it is secret, and nothing in it can
 * be changed without being noticed.
 */
public record Envelope(KeyVersion key, SealedBytes sealed) {

    /** The version of both the JSON form and the associated data. */
    static final int FORMAT = 1;

    /** The longest ciphertext, which is as long as its plaintext: 256 KiB. */
    public static final int MAX_CIPHERTEXT_BYTES = 256 * 1024;

    /** Seals a plaintext, which stays the caller's. */
    public static Envelope seal(Aes256Gcm cipher, KeyVersion key, byte[] plaintext, byte[] associatedData) {
        return new Envelope(key, SealedBytes.owning(cipher.seal(plaintext, associatedData)));
    }

    /** Gives the plaintext, owned by the caller; fails with {@link DecryptionFailed} whatever the cause. */
    public byte[] open(Aes256Gcm cipher, byte[] associatedData) {
        return cipher.open(sealed.array(), associatedData);
    }

    /** Puts the parts of the JSON form together; a part of another length is refused like any other tampering. */
    static Envelope of(KeyVersion key, byte[] nonce, byte[] ciphertext, byte[] tag) {
        if (nonce.length != Aes256Gcm.NONCE_BYTES
                || tag.length != Aes256Gcm.TAG_BYTES
                || ciphertext.length > MAX_CIPHERTEXT_BYTES) {
            throw new DecryptionFailed();
        }
        var sealed = new byte[nonce.length + ciphertext.length + tag.length];
        System.arraycopy(nonce, 0, sealed, 0, nonce.length);
        System.arraycopy(ciphertext, 0, sealed, nonce.length, ciphertext.length);
        System.arraycopy(tag, 0, sealed, nonce.length + ciphertext.length, tag.length);
        return new Envelope(key, SealedBytes.owning(sealed));
    }
}
