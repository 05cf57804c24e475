package io.flowmaestro.connections.vault.envelope;

import java.util.Arrays;

/**
 * Nonce ‖ ciphertext ‖ tag, equal to others by content. The array inside is shared within this package only, where
 * nobody writes to it: a copy of every record on its way in and out would cost a tenth of the sealing itself.
 */
public final class SealedBytes {

    private final byte[] bytes;

    private SealedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SealedBytes copyOf(byte[] bytes) {
        return new SealedBytes(bytes.clone());
    }

    /** Takes the array over: nobody writes to it from now on. */
    static SealedBytes owning(byte[] bytes) {
        return new SealedBytes(bytes);
    }

    /** Not a copy, to be read only. */
    byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedBytes sealed && Arrays.equals(bytes, sealed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedBytes[" + bytes.length + " bytes]";
    }
}
