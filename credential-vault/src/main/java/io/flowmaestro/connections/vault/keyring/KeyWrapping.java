package io.flowmaestro.connections.vault.keyring;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.masterkey.VerifiedKey;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.UUID;

/** Makes data keys, and takes them in and out of their wrapping. */
final class KeyWrapping {

    private KeyWrapping() {}

    /** A new key in its first version. It exists only in wrapped form until it is stored and read back. */
    static Uni<WrappedDataKey> fresh(VerifiedKey kek, KeyScope scope) {
        var version = new KeyVersion(UUID.randomUUID(), 1);
        var key = Random.randBytes(Aes256Gcm.KEY_BYTES);
        return kek.key()
                .wrap(key, AssociatedData.ofDataKey(scope, version))
                .map(wrapped -> new WrappedDataKey(scope, version, kek.id(), Bytes.copyFrom(wrapped)))
                .onTermination()
                .invoke(() -> Arrays.fill(key, (byte) 0));
    }

    static Uni<DataKey> unwrap(VerifiedKey kek, WrappedDataKey stored) {
        if (!stored.kekId().equals(kek.id())) {
            return Uni.createFrom().failure(new UnusableDataKey(stored.version()));
        }
        return kek.key()
                .unwrap(stored.wrapped().toByteArray(), AssociatedData.ofDataKey(stored.scope(), stored.version()))
                .onFailure(DecryptionFailed.class)
                .transform(_ -> new UnusableDataKey(stored.version()))
                .map(key -> DataKey.of(stored.scope(), stored.version(), key));
    }
}
