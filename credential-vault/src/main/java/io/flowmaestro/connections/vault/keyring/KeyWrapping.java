package io.flowmaestro.connections.vault.keyring;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.masterkey.VerifiedKey;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;

/** Makes data keys, and takes them in and out of their wrapping. */
final class KeyWrapping {

    private KeyWrapping() {}

    /** New key bytes for a version. They exist only in wrapped form until they are stored and read back. */
    static Uni<WrappedDataKey> fresh(VerifiedKey kek, KeyScope scope, KeyVersion version) {
        return wrap(kek, scope, version, Random.randBytes(Aes256Gcm.KEY_BYTES));
    }

    static Uni<DataKey> unwrap(VerifiedKeys keks, StoredDataKey stored) {
        var key = stored.key();
        return bytes(keks, key).map(bytes -> DataKey.of(key.scope(), key.version(), stored.epoch(), bytes));
    }

    /** The same key, wrapped by the primary key encryption key. */
    static Uni<WrappedDataKey> rewrap(VerifiedKeys keks, WrappedDataKey stored) {
        return bytes(keks, stored).chain(bytes -> wrap(keks.primary(), stored.scope(), stored.version(), bytes));
    }

    /** A key that this replica cannot unwrap for lack of the right KEK is another replica's to serve, and no forgery. */
    private static Uni<byte[]> bytes(VerifiedKeys keks, WrappedDataKey stored) {
        return keks.find(stored.kekId())
                .map(kek -> kek.key()
                        .unwrap(
                                stored.wrapped().toByteArray(),
                                AssociatedData.ofDataKey(stored.scope(), stored.version()))
                        .onFailure(DecryptionFailed.class)
                        .transform(_ -> new UnusableDataKey(stored.version())))
                .orElseGet(() -> Uni.createFrom()
                        .failure(DatabaseFailure.unavailable(
                                "This replica of the vault lacks the key that wraps the user's data key. Try again.")));
    }

    /** Takes the bytes over and wipes them. */
    private static Uni<WrappedDataKey> wrap(VerifiedKey kek, KeyScope scope, KeyVersion version, byte[] key) {
        return kek.key()
                .wrap(key, AssociatedData.ofDataKey(scope, version))
                .map(wrapped -> new WrappedDataKey(scope, version, kek.id(), Bytes.copyFrom(wrapped)))
                .onTermination()
                .invoke(() -> Arrays.fill(key, (byte) 0));
    }
}
