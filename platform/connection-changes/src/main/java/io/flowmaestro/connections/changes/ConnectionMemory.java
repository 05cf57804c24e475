package io.flowmaestro.connections.changes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.flowmaestro.connections.flight.Flights;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What was opened of users' connections in the last seconds, so that a busy workflow does not ask the registry and the vault
 * each time. It is let go of after those, also when nobody asks. A change of the connection removes its entry within
 * moments; while changes are not heard nothing is remembered at all.
 *
 * @param <T> what is opened; may hold plaintext
 */
public final class ConnectionMemory<T> {

    private static final long MOST = 10_000;

    private final ConnectionChanges changes;
    private final Cache<UUID, Entry<T>> entries;
    private final Flights<Reading, T> readings = new Flights<>();

    ConnectionMemory(ConnectionChanges changes, String name, Duration kept, MeterRegistry metrics) {
        this.changes = changes;
        entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(kept)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(metrics, entries, name, List.of());
        changes.forgetBy(entries::invalidate, entries::invalidateAll);
    }

    /** A connection has one owner; to anybody else its entry is as good as none. */
    private record Entry<T>(UUID user, T opened) {}

    /** @param changedLast when the connection changed last, as far as was heard before the reading began */
    private record Reading(UUID user, UUID connection, long changedLast) {}

    /** What is remembered of this user's connection, if all changes up to now are in it. */
    public Optional<T> find(UUID user, UUID connection) {
        var known = changes.isHearing() ? entries.getIfPresent(connection) : null;
        return known != null && known.user().equals(user) ? Optional.of(known.opened()) : Optional.empty();
    }

    /**
     * Reads, and remembers what was read unless the connection changed meanwhile. A user's callers at the same moment share one
     * reading, which goes on when they hang up; whoever comes after a change does not join one that began before it.
     *
     * @param reading its result is the same for every caller of this user
     */
    public Uni<T> read(UUID user, UUID connection, Supplier<Uni<T>> reading) {
        return Uni.createFrom().deferred(() -> {
            long mark = changes.mark();
            Supplier<Uni<T>> remembering =
                    () -> reading.get().invoke(opened -> remember(connection, new Entry<>(user, opened), mark));
            return changes.isHearing()
                    ? readings.join(new Reading(user, connection, changes.last(connection)), remembering)
                    : remembering.get();
        });
    }

    /** Looked at again after it was put: a change in between has found nothing to remove. */
    private void remember(UUID connection, Entry<T> entry, long mark) {
        if (changes.unchangedSince(mark, connection)) {
            entries.put(connection, entry);
            if (!changes.unchangedSince(mark, connection)) {
                entries.invalidate(connection);
            }
        }
    }
}
