package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Arrays;

/**
 * Secret bytes with one owner, who wipes them. Logs, exceptions and JSON show a placeholder; the bytes come out through
 * {@link #reveal()} alone. Wiping is best effort: what Jackson and the network hold on the way is not ours.
 */
@JsonDeserialize(using = PlaintextReader.class)
final class Plaintext implements AutoCloseable {

    private static final String REDACTED = "[redacted]";

    private final byte[] bytes;

    private Plaintext(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the bytes over. */
    static Plaintext of(byte[] bytes) {
        return new Plaintext(bytes);
    }

    /** The bytes themselves, not a copy. */
    byte[] reveal() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** Wipes the bytes; safe to repeat. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @JsonValue
    @Override
    public String toString() {
        return REDACTED;
    }
}
