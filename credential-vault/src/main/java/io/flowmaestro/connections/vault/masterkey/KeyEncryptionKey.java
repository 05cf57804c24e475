package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.mutiny.Uni;

/**
 * The key that wraps data keys, and nothing else. It may live elsewhere (a KMS), so both operations are asynchronous,
 * and are asked for once per data key, never per record.
 */
public interface KeyEncryptionKey {

    /**
     * Gives the data key in a form that only this key undoes.
     *
     * @param dataKey still owned, and wiped, by the caller
     */
    Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData);

    /** Gives the data key, owned by the caller; fails with {@code DecryptionFailed} when it was not wrapped by this key. */
    Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData);
}
