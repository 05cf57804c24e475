package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the data key for a record, from memory if it can. No transaction spans a wrap or unwrap, which may be remote. A
 * key from memory may be of the past: whoever used one compares its epoch before letting the result out.
 */
@ApplicationScoped
public class KeyRing {

    /** A batch larger than the bound would rotate for ever. */
    private static final int MOST_ROTATIONS = 5;

    private final KeyGate gate;
    private final DataKeys keys;
    private final DataKeyCache cache;
    private final DataKeyConfig config;
    private final RotationLog log;

    KeyRing(KeyGate gate, DataKeys keys, DataKeyCache cache, DataKeyConfig config, RotationLog log) {
        this.gate = gate;
        this.keys = keys;
        this.cache = cache;
        this.config = config;
        this.log = log;
    }

    /** The key to seal so many records with, made if the scope has none. Fails with {@link UnusableDataKey}. */
    public Uni<DataKey> toSeal(KeyScope scope, int messages) {
        return toSeal(scope, messages, MOST_ROTATIONS);
    }

    /** The key to open a record with. Fails with {@link DecryptionFailed} when the scope has no such key, or not any more. */
    public Uni<DataKey> toOpen(KeyScope scope, KeyVersion version) {
        return cache.find(scope, version, () -> gate.verified().chain(keks -> load(keks, scope, version)));
    }

    /** Fetches the key anew when it is needed next: what is known of its scope is of the past. */
    public void forget(DataKey key) {
        cache.forget(key);
    }

    /**
     * Makes the next version of a scope's key and gives it; a rotation by another replica at the same time is as good.
     * A crash leaves either the former version or the new one as the newest. Empty when the scope has no key.
     */
    public Uni<Optional<KeyVersion>> rotate(KeyScope scope) {
        return gate.verified()
                .chain(keks -> keys.newest(scope)
                        .chain(found -> found.map(
                                        stored -> rotate(keks, stored.key()).map(Optional::of))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
                .invoke(() -> cache.forgetNewest(scope));
    }

    private Uni<DataKey> toSeal(KeyScope scope, int messages, int rotations) {
        return cache.newest(scope, () -> gate.verified().chain(keks -> newest(keks, scope)))
                .chain(key -> key.allowance().take(messages)
                        ? Uni.createFrom().item(key)
                        : replenished(key, messages, rotations));
    }

    private Uni<DataKey> replenished(DataKey key, int messages, int rotations) {
        if (rotations == 0) {
            return Uni.createFrom().failure(new IllegalStateException("The message bound leaves no room for a batch"));
        }
        var before = key.allowance().granted();
        return key.replenishing()
                .join(() -> replenish(key, messages))
                .chain(() ->
                        toSeal(key.scope(), messages, key.allowance().granted() > before ? rotations : rotations - 1));
    }

    /** A caller may come late with a version that is spent: there is nothing to rotate, and nothing to put on record. */
    private Uni<Void> replenish(DataKey key, int messages) {
        if (key.allowance().isSpent()) {
            cache.forget(key);
            return Uni.createFrom().voidItem();
        }
        return keys.reserve(
                        key.scope(), key.version(), Math.max(messages, config.reservation()), config.maximumMessages())
                .chain(granted -> granted == 0 ? spent(key) : granted(key, granted));
    }

    private static Uni<Void> granted(DataKey key, long messages) {
        key.allowance().add(messages);
        return Uni.createFrom().voidItem();
    }

    /** On record first: a rotation that another replica does instead leaves a harmless record. */
    private Uni<Void> spent(DataKey key) {
        var next = next(key.version());
        return log.rotatedAtBound(key.scope(), next)
                .chain(() -> gate.verified())
                .chain(keks -> KeyWrapping.fresh(keks.primary(), key.scope(), next))
                .chain(this::rotateUnderPrimary)
                .invoke(() -> {
                    key.allowance().spend();
                    cache.forget(key);
                })
                .replaceWithVoid();
    }

    private Uni<KeyVersion> rotate(VerifiedKeys keks, WrappedDataKey newest) {
        var next = next(newest.version());
        return KeyWrapping.fresh(keks.primary(), newest.scope(), next)
                .chain(this::rotateUnderPrimary)
                .replaceWith(next);
    }

    /** A change of the primary key in between: the second try wraps by the new one. */
    private Uni<Boolean> rotateUnderPrimary(WrappedDataKey next) {
        return keys.rotate(next)
                .onFailure(NotPrimary.class)
                .recoverWithUni(() -> gate.refresh()
                        .chain(keks -> KeyWrapping.fresh(keks.primary(), next.scope(), next.version()))
                        .chain(keys::rotate));
    }

    private Uni<DataKey> newest(VerifiedKeys keks, KeyScope scope) {
        return keys.newest(scope)
                .chain(found -> found.map(Uni.createFrom()::item).orElseGet(() -> create(keks, scope)))
                .chain(stored -> KeyWrapping.unwrap(keks, stored));
    }

    /** A crash after the wrap leaves nothing; one after the insert leaves a key that the next call finds. */
    private Uni<StoredDataKey> create(VerifiedKeys keks, KeyScope scope) {
        var version = new KeyVersion(UUID.randomUUID(), 1);
        return KeyWrapping.fresh(keks.primary(), scope, version)
                .chain(keys::add)
                .onFailure(NotPrimary.class)
                .recoverWithUni(() -> gate.refresh()
                        .chain(fresh -> KeyWrapping.fresh(fresh.primary(), scope, version))
                        .chain(keys::add))
                .chain(() -> keys.newest(scope))
                .map(stored -> stored.orElseThrow(DecryptionFailed::new));
    }

    private Uni<DataKey> load(VerifiedKeys keks, KeyScope scope, KeyVersion version) {
        return keys.find(scope, version)
                .map(found -> found.orElseThrow(DecryptionFailed::new))
                .chain(stored -> KeyWrapping.unwrap(keks, stored));
    }

    private static KeyVersion next(KeyVersion version) {
        return new KeyVersion(version.keyId(), version.version() + 1);
    }
}
