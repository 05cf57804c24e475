package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The table of data keys, and which wrappings one replica replaced in it. */
final class CountedKeys implements DataKeys {

    final Queue<KeyVersion> rewrapped = new ConcurrentLinkedQueue<>();
    private final DataKeys table;

    CountedKeys(DataKeys table) {
        this.table = table;
    }

    @Override
    public Uni<Optional<StoredDataKey>> newest(KeyScope scope) {
        return table.newest(scope);
    }

    @Override
    public Uni<Optional<StoredDataKey>> find(KeyScope scope, KeyVersion version) {
        return table.find(scope, version);
    }

    @Override
    public Uni<Optional<WrappedDataKey>> any(KeyScope scope, KeyVersion version) {
        return table.any(scope, version);
    }

    @Override
    public Uni<Void> replaceWrapping(WrappedDataKey key, UUID formerKek) {
        return table.replaceWrapping(key, formerKek).invoke(() -> rewrapped.add(key.version()));
    }

    @Override
    public Uni<Void> add(WrappedDataKey first) {
        return table.add(first);
    }

    @Override
    public Uni<Boolean> rotate(WrappedDataKey next) {
        return table.rotate(next);
    }

    @Override
    public Uni<Long> reserve(KeyScope scope, KeyVersion version, long messages, long bound) {
        return table.reserve(scope, version, messages, bound);
    }
}
