package io.flowmaestro.connections.vault.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of fields, each its length as a 32-bit big-endian integer followed by that many bytes, so that two different
 * sequences never give the same bytes. A field that is absent has the length -1 and no bytes: it is not an empty one.
 * UUIDs are their 16 bytes, most significant first; integers are big-endian; text is UTF-8.
 */
public final class CanonicalBytes {

    private static final int ABSENT = -1;
    private static final int USUAL = 512;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

    public CanonicalBytes text(@Nullable String text) {
        return text == null ? absent() : field(text.getBytes(UTF_8));
    }

    public CanonicalBytes number(@Nullable Integer number) {
        return number == null
                ? absent()
                : field(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    public CanonicalBytes longNumber(long number) {
        return field(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    public CanonicalBytes id(@Nullable UUID id) {
        return id == null
                ? absent()
                : field(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private CanonicalBytes field(byte[] content) {
        room(Integer.BYTES + content.length).putInt(content.length).put(content);
        return this;
    }

    private CanonicalBytes absent() {
        room(Integer.BYTES).putInt(ABSENT);
        return this;
    }

    /** A tampered row may be longer than any that the vault writes. */
    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(2 * (bytes.position() + more)).put(bytes.flip());
        }
        return bytes;
    }
}
