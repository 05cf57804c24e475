package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The tables of data keys and their owners. */
final class DataKeysInMemory implements DataKeys {

    final Map<KeyVersion, WrappedDataKey> rows = new LinkedHashMap<>();
    final Map<KeyVersion, Long> reserved = new LinkedHashMap<>();
    int reads;
    int reservations;
    UUID notPrimary;
    private long epoch = 1;
    private int minimum = 1;

    @Override
    public Uni<Optional<StoredDataKey>> newest(KeyScope scope) {
        return Uni.createFrom().item(() -> {
            reads++;
            return stored(rows.values().stream()
                    .filter(row -> row.scope().equals(scope))
                    .max(Comparator.comparingInt(row -> row.version().version())));
        });
    }

    @Override
    public Uni<Optional<StoredDataKey>> find(KeyScope scope, KeyVersion version) {
        return Uni.createFrom().item(() -> {
            reads++;
            return stored(row(scope, version).filter(row -> row.version().version() >= minimum));
        });
    }

    @Override
    public Uni<Optional<WrappedDataKey>> any(KeyScope scope, KeyVersion version) {
        return Uni.createFrom().item(() -> row(scope, version));
    }

    @Override
    public Uni<Void> replaceWrapping(WrappedDataKey rewrapped, UUID formerKek) {
        return Uni.createFrom().item(() -> {
            rows.computeIfPresent(rewrapped.version(), (_, row) -> row.kekId().equals(formerKek) ? rewrapped : row);
            return null;
        });
    }

    @Override
    public Uni<Void> add(WrappedDataKey first) {
        return Uni.createFrom().item(() -> {
            if (rows.values().stream().noneMatch(row -> row.scope().equals(first.scope()))) {
                store(first);
            }
            return null;
        });
    }

    @Override
    public Uni<Boolean> rotate(WrappedDataKey next) {
        return Uni.createFrom().item(() -> {
            if (rows.containsKey(next.version())) {
                return false;
            }
            store(next);
            epoch++;
            return true;
        });
    }

    @Override
    public Uni<Long> reserve(KeyScope scope, KeyVersion version, long messages, long bound) {
        return Uni.createFrom().item(() -> {
            reservations++;
            long before = reserved.getOrDefault(version, 0L);
            long after = Math.min(before + messages, bound);
            reserved.put(version, after);
            return after - before;
        });
    }

    void withdrawBelow(int version) {
        minimum = version;
        epoch++;
    }

    void change(KeyVersion version, UnaryOperator<WrappedDataKey> change) {
        rows.computeIfPresent(version, (_, row) -> change.apply(row));
    }

    private void store(WrappedDataKey key) {
        if (key.kekId().equals(notPrimary)) {
            throw new NotPrimary(notPrimary);
        }
        rows.put(key.version(), key);
    }

    private Optional<WrappedDataKey> row(KeyScope scope, KeyVersion version) {
        return Optional.ofNullable(rows.get(version)).filter(row -> row.scope().equals(scope));
    }

    private Optional<StoredDataKey> stored(Optional<WrappedDataKey> row) {
        return row.map(key -> new StoredDataKey(key, epoch));
    }
}
