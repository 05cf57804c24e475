package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Where wrapped data keys are kept. A scope's keys are invisible to every other scope. */
interface DataKeys {

    /** The version that new records are sealed with. */
    Uni<Optional<StoredDataKey>> newest(KeyScope scope);

    /** A version that records may still be opened with. */
    Uni<Optional<StoredDataKey>> find(KeyScope scope, KeyVersion version);

    /** A version of the scope's key, whether it still opens records or not. */
    Uni<Optional<WrappedDataKey>> any(KeyScope scope, KeyVersion version);

    /** Puts the same key in another wrapping, if it is still in that of {@code formerKek}. */
    Uni<Void> replaceWrapping(WrappedDataKey rewrapped, UUID formerKek);

    /** Stores a scope's first key, unless another replica was faster. Fails with {@link NotPrimary}. */
    Uni<Void> add(WrappedDataKey first);

    /** Stores the version after the newest; false when that is not the version before it any more. Fails with {@link NotPrimary}. */
    Uni<Boolean> rotate(WrappedDataKey next);

    /** Counts messages against the version's bound; gives how many of them it still had, zero when it is spent. */
    Uni<Long> reserve(KeyScope scope, KeyVersion version, long messages, long bound);
}
