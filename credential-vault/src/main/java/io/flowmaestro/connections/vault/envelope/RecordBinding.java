package io.flowmaestro.connections.vault.envelope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * {@link AssociatedData#ofRecord} for the records of one scope under one version of its key. All but the connection is
 * the same for all of them, and is made once: making it for every message would be felt.
 */
public final class RecordBinding {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final KeyScope scope;
    private final int connectionAt;
    private final Map<Purpose, byte[]> templates = new EnumMap<>(Purpose.class);

    public RecordBinding(KeyScope scope, KeyVersion key) {
        this.scope = scope;
        connectionAt = AssociatedData.connectionOffset(scope);
        for (var purpose : Purpose.values()) {
            var anywhere = new RecordContext(scope, new UUID(0, 0), purpose);
            templates.put(purpose, AssociatedData.ofRecord(anywhere, key));
        }
    }

    /**
     * The associated data of a record, owned by the caller.
     *
     * @throws IllegalArgumentException for a record of another scope
     */
    public byte[] of(RecordContext context) {
        var template = templates.get(context.purpose());
        if (template == null || !context.scope().equals(scope)) {
            throw new IllegalArgumentException("A data key seals and opens only records of its own scope");
        }
        var bytes = template.clone();
        BIG_ENDIAN.set(bytes, connectionAt, context.connection().getMostSignificantBits());
        BIG_ENDIAN.set(bytes, connectionAt + Long.BYTES, context.connection().getLeastSignificantBits());
        return bytes;
    }
}
