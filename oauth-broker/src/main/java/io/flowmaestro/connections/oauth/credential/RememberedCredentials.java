package io.flowmaestro.connections.oauth.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.change.ConnectionChanges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opened credentials of the last seconds, by user and connection, so that a busy workflow does not ask the registry and the
 * vault each time, and let go of after those, also when nobody asks. A change of the connection removes its entry within moments; while changes are not heard nothing is
 * remembered at all.
 */
@ApplicationScoped
class RememberedCredentials {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long MOST = 10_000;

    private final ConnectionChanges changes;
    private final Cache<UUID, Entry> entries;

    RememberedCredentials(ConnectionChanges changes, CredentialConfig config, MeterRegistry metrics) {
        if (config.remembered().compareTo(LONGEST) > 0) {
            throw new IllegalStateException(
                    "connections.oauth.credentials.remembered must be at most 30 s: plaintext lives no longer.");
        }
        this.changes = changes;
        entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(config.remembered())
                .scheduler(Scheduler.systemScheduler())
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(metrics, entries, "credentials", List.of());
    }

    /** A connection has one owner; to anybody else its entry is as good as none. */
    private record Entry(UUID user, HandedOut credential) {}

    void listen(@Observes StartupEvent start) {
        changes.forgetBy(entries::invalidate, entries::invalidateAll);
    }

    /**
     * The remembered credential if it will do, else what is read now.
     *
     * @param good whether an entry can still be handed out
     * @param alive whether it will do at least while registry or vault are away
     */
    Uni<HandedOut> get(
            UUID user,
            UUID connection,
            Predicate<HandedOut> good,
            Predicate<HandedOut> alive,
            Supplier<Uni<HandedOut>> reading) {
        var known = remembered(user, connection);
        if (known != null && good.test(known)) {
            return Uni.createFrom().item(known);
        }
        long mark = changes.mark();
        Uni<HandedOut> read = reading.get().invoke(found -> remember(connection, new Entry(user, found), mark));
        return known == null
                ? read
                : read.onFailure(failure -> isOfTheMoment(failure)
                                && alive.test(known)
                                && known.equals(remembered(user, connection)))
                        .recoverWithItem(known);
    }

    private @Nullable HandedOut remembered(UUID user, UUID connection) {
        var known = changes.isHearing() ? entries.getIfPresent(connection) : null;
        return known != null && known.user().equals(user) ? known.credential() : null;
    }

    private static boolean isOfTheMoment(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 503;
    }

    /** Looked at again after it was put: a change in between has found nothing to remove. */
    private void remember(UUID connection, Entry entry, long mark) {
        if (changes.unchangedSince(mark, connection)) {
            entries.put(connection, entry);
            if (!changes.unchangedSince(mark, connection)) {
                entries.invalidate(connection);
            }
        }
    }
}
