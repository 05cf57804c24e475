package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.VerifiedKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the data key for a record, from memory if it can. No transaction spans a wrap or unwrap, which may be remote. */
@ApplicationScoped
public class KeyRing {

    private final KeyGate gate;
    private final DataKeys keys;
    private final DataKeyCache cache;

    KeyRing(KeyGate gate, DataKeys keys, DataKeyCache cache) {
        this.gate = gate;
        this.keys = keys;
        this.cache = cache;
    }

    /** The key to seal a record with, made if the scope has none. Fails with {@link UnusableDataKey}. */
    public Uni<DataKey> toSeal(KeyScope scope) {
        return cache.newest(scope)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> gate.verified().chain(kek -> newest(kek, scope)));
    }

    /** The key to open a record with. Fails with {@link DecryptionFailed} when the scope has no such key. */
    public Uni<DataKey> toOpen(KeyScope scope, KeyVersion version) {
        return cache.find(scope, version)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> gate.verified().chain(kek -> load(kek, scope, version)));
    }

    private Uni<DataKey> newest(VerifiedKey kek, KeyScope scope) {
        return keys.newest(scope)
                .chain(found -> found.map(Uni.createFrom()::item).orElseGet(() -> create(kek, scope)))
                .chain(stored -> KeyWrapping.unwrap(kek, stored))
                .invoke(cache::keepAsNewest);
    }

    /** A crash after the wrap leaves nothing; one after the insert leaves a key that the next call finds. */
    private Uni<WrappedDataKey> create(VerifiedKey kek, KeyScope scope) {
        return KeyWrapping.fresh(kek, scope).chain(keys::add);
    }

    private Uni<DataKey> load(VerifiedKey kek, KeyScope scope, KeyVersion version) {
        return keys.find(scope, version)
                .map(found -> found.orElseThrow(DecryptionFailed::new))
                .chain(stored -> KeyWrapping.unwrap(kek, stored))
                .invoke(cache::keep);
    }
}
