package io.flowmaestro.connections.changes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What this replica knows of changes. While it cannot be sure to hear of every one, nothing that it remembers may be used.
 * A reading that began before a change must not be remembered after it: {@link #mark} before, {@link #unchangedSince}
 * after.
 */
@ApplicationScoped
public class ConnectionChanges {

    /** The listener proves every second that it hears; this is how long one proof holds. */
    private static final Duration PROOF = Duration.ofSeconds(3);

    /** Longer than any reading takes. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();
    private final Cache<UUID, Long> changes =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).build();
    private final List<Consumer<UUID>> forgetting = new CopyOnWriteArrayList<>();
    private final List<Runnable> forgettingAll = new CopyOnWriteArrayList<>();
    private volatile Instant heardUntil = Instant.MIN;
    private volatile long gapAt;

    ConnectionChanges(Clock clock) {
        this.clock = clock;
    }

    /** Whoever remembers something of a connection says here how it is forgotten. */
    public void forgetBy(Consumer<UUID> one, Runnable all) {
        forgetting.add(one);
        forgettingAll.add(all);
    }

    /** Whether what is remembered is as good as the database. */
    public boolean isHearing() {
        return clock.instant().isBefore(heardUntil);
    }

    /** A point in the order of changes. */
    public long mark() {
        return sequence.get();
    }

    public boolean unchangedSince(long mark, UUID connection) {
        return last(connection) <= mark && isHearing();
    }

    /** The mark of the connection's last change, or of the last moment at which one may have been missed. */
    long last(UUID connection) {
        Long changed = changes.getIfPresent(connection);
        return changed == null ? gapAt : Math.max(gapAt, changed);
    }

    void changed(UUID connection) {
        changes.put(connection, sequence.incrementAndGet());
        forgetting.forEach(forget -> forget.accept(connection));
    }

    /** Everything up to now has been heard. */
    void proven() {
        heardUntil = clock.instant().plus(PROOF);
    }

    /** Some changes may have been missed. */
    void gap() {
        heardUntil = Instant.MIN;
        gapAt = sequence.incrementAndGet();
        forgettingAll.forEach(Runnable::run);
    }
}
