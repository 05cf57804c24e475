package io.flowmaestro.connections.vault.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What is authenticated beside the ciphertext, so that it opens nowhere but in its own place.
 *
 * <p>Every kind is a sequence of fields, and every field is its length as a 32-bit big-endian integer followed by that
 * many bytes. So two different sequences never give the same bytes. The first field names the kind, so no kind can pass
 * for another. UUIDs are their 16 bytes, most significant first; integers are 32-bit big-endian; text is ASCII.
 *
 * <table>
 * <caption>Fields in order</caption>
 * <tr><th>record</th><th>data key</th><th>key check</th><th>audit key</th></tr>
 * <tr><td>{@code flowmaestro.vault.record}</td><td>{@code flowmaestro.vault.data-key}</td><td>{@code flowmaestro.vault.key-check}</td><td>{@code flowmaestro.vault.audit-key}</td></tr>
 * <tr><td>format, 1</td><td>format, 1</td><td>format, 1</td><td>format, 1</td></tr>
 * <tr><td>scope kind, {@code user}</td><td>scope kind, {@code user}</td><td>KEK id</td><td>audit key id</td></tr>
 * <tr><td>scope id</td><td>scope id</td><td></td><td></td></tr>
 * <tr><td>connection id</td><td>data key id</td><td></td><td></td></tr>
 * <tr><td>purpose, {@code connection-data}</td><td>data key version</td><td></td><td></td></tr>
 * <tr><td>data key id</td><td></td><td></td><td></td></tr>
 * <tr><td>data key version</td><td></td><td></td><td></td></tr>
 * </table>
 *
 * <p>The KEK is in none of the first two: a change of KEK rewraps data keys and leaves every record as it is.
 */
public final class AssociatedData {

    private static final String RECORD = "flowmaestro.vault.record";
    private static final String DATA_KEY = "flowmaestro.vault.data-key";
    private static final String KEY_CHECK = "flowmaestro.vault.key-check";
    private static final String AUDIT_KEY = "flowmaestro.vault.audit-key";

    private static final int NUMBER_SIZE = Integer.BYTES + Integer.BYTES;
    private static final int ID_SIZE = Integer.BYTES + 2 * Long.BYTES;
    private static final int KEY_SIZE = ID_SIZE + NUMBER_SIZE;

    private final ByteBuffer bytes;

    /**
     * Starts with kind and format.
     *
     * @param size of the other fields, exactly
     */
    private AssociatedData(String kind, int size) {
        bytes = ByteBuffer.allocate(size(kind) + NUMBER_SIZE + size);
        text(kind).number(Envelope.FORMAT);
    }

    /** For a record sealed with a data key. */
    public static byte[] ofRecord(RecordContext context, KeyVersion key) {
        var purpose = context.purpose().wireName();
        return new AssociatedData(RECORD, size(context.scope()) + ID_SIZE + size(purpose) + KEY_SIZE)
                .scope(context.scope())
                .id(context.connection())
                .text(purpose)
                .key(key)
                .toByteArray();
    }

    /** Where in the associated data of a record the 16 bytes of its connection's id are. */
    static int connectionOffset(KeyScope scope) {
        return size(RECORD) + NUMBER_SIZE + size(scope) + Integer.BYTES;
    }

    /** For a data key wrapped by the key encryption key. */
    public static byte[] ofDataKey(KeyScope scope, KeyVersion key) {
        return new AssociatedData(DATA_KEY, size(scope) + KEY_SIZE)
                .scope(scope)
                .key(key)
                .toByteArray();
    }

    /** For the value that proves the key encryption key. */
    public static byte[] ofKeyCheck(UUID kekId) {
        return new AssociatedData(KEY_CHECK, ID_SIZE).id(kekId).toByteArray();
    }

    /** For the key of the audit trail, wrapped by the key encryption key. */
    public static byte[] ofAuditKey(UUID auditKeyId) {
        return new AssociatedData(AUDIT_KEY, ID_SIZE).id(auditKeyId).toByteArray();
    }

    private AssociatedData scope(KeyScope scope) {
        return text(scope.kind()).id(scope.user());
    }

    private AssociatedData key(KeyVersion key) {
        return id(key.keyId()).number(key.version());
    }

    private static int size(String ascii) {
        return Integer.BYTES + ascii.length();
    }

    private static int size(KeyScope scope) {
        return size(scope.kind()) + ID_SIZE;
    }

    private AssociatedData text(String text) {
        var ascii = text.getBytes(US_ASCII);
        bytes.putInt(ascii.length).put(ascii);
        return this;
    }

    private AssociatedData number(int number) {
        bytes.putInt(Integer.BYTES).putInt(number);
        return this;
    }

    private AssociatedData id(UUID id) {
        bytes.putInt(2 * Long.BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return this;
    }

    private byte[] toByteArray() {
        if (bytes.hasRemaining()) {
            throw new IllegalStateException("The size of the associated data was miscounted");
        }
        return bytes.array();
    }
}
