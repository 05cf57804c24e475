package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where wrapped data keys are kept. A scope's keys are invisible to every other scope. */
interface DataKeys {

    /** The version that new records are sealed with. */
    Uni<Optional<WrappedDataKey>> newest(KeyScope scope);

    Uni<Optional<WrappedDataKey>> find(KeyScope scope, KeyVersion version);

    /** Stores a scope's first key and gives the one that stands then, which is another replica's if that was faster. */
    Uni<WrappedDataKey> add(WrappedDataKey first);
}
