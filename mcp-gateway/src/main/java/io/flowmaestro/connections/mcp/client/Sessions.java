package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversations;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sessions in use, bounded in number and idle time. Callers who come at once wait for one and the same opening. */
// What Caffeine makes of it; Quarkus names the most usual ones to GraalVM, and not these.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSLMSA", "com.github.benmanes.caffeine.cache.PSAMS"})
@Singleton
class Sessions {

    /** Of one user: more is what somebody does who wants others to have none. */
    private static final int MOST_OF_ONE_USER = 400;

    private final Conversations conversations;
    private final Cache<Kept, Slot> slots;

    Sessions(Conversations conversations, ClientSettings settings) {
        this.conversations = conversations;
        this.slots = Caffeine.newBuilder()
                .maximumSize(settings.mostSessions())
                .expireAfterAccess(settings.sessionIdle())
                // Some hold a connection, which must not wait for the next caller to be let go of.
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(Sessions::removed)
                .build();
    }

    /** What a server was told of its client is part of a session, so that callers who offer other things have others. */
    private record Kept(SessionKey key, ObjectNode capabilities) {}

    Uni<OpenSession> get(SessionKey key, ObjectNode capabilities, Upstream upstream) {
        return Uni.createFrom().deferred(() -> {
            var slot = slot(new Kept(key, capabilities), upstream);
            slot.envelope = upstream.server().envelope();
            slot.used = System.nanoTime();
            var opening = slot.opening;
            return opening == null
                    ? Uni.createFrom().item(Objects.requireNonNull(slot.open))
                    : opening.emitOn(CallerContext.current());
        });
    }

    private Slot slot(Kept kept, Upstream upstream) {
        var present = slots.getIfPresent(kept);
        if (present != null && !present.unusable()) {
            return present;
        }
        return newSlot(kept, upstream);
    }

    /** One at a time, so that callers who come together are counted together. */
    private synchronized Slot newSlot(Kept kept, Upstream upstream) {
        if (!slots.asMap().containsKey(kept)) {
            makeRoom(kept.key().user());
        }
        return slots.asMap()
                .compute(
                        kept,
                        (_, slot) -> slot == null || slot.unusable() ? new Slot(upstream, kept.capabilities()) : slot);
    }

    /** Lets go of the user's session that was used least lately, where there are as many as one may have. */
    private void makeRoom(UUID user) {
        var own = slots.asMap().entrySet().stream()
                .filter(kept -> kept.getKey().key().user().equals(user))
                .toList();
        if (own.size() >= MOST_OF_ONE_USER) {
            long now = System.nanoTime();
            own.stream()
                    .max(Comparator.comparingLong(kept -> now - kept.getValue().used))
                    .map(Map.Entry::getKey)
                    .ifPresent(slots.asMap()::remove);
        }
    }

    /** Counts as a use. */
    void keep(SessionKey key, ObjectNode capabilities) {
        var slot = slots.getIfPresent(new Kept(key, capabilities));
        if (slot != null) {
            slot.used = System.nanoTime();
        }
    }

    /** Only the session that failed goes; one that another caller has opened meanwhile stays. */
    void forget(SessionKey key, ObjectNode capabilities, OpenSession lost) {
        slots.asMap().computeIfPresent(new Kept(key, capabilities), (_, slot) -> slot.open == lost ? null : slot);
    }

    /** Takes sessions out, those that are being opened included, and gives those that are open. */
    List<LeftSession> forget(Predicate<SessionKey> which) {
        var left = new ArrayList<LeftSession>();
        slots.asMap().forEach((kept, slot) -> {
            var open = slot.open;
            if (which.test(kept.key()) && slots.asMap().remove(kept, slot) && open != null) {
                left.add(new LeftSession(kept.key(), open.conversation(), slot.envelope));
            }
        });
        return left;
    }

    /** Those that there are, or that are being opened. */
    Stream<SessionKey> keys() {
        return slots.asMap().keySet().stream().map(Kept::key);
    }

    private static void removed(@Nullable Kept kept, @Nullable Slot slot, RemovalCause cause) {
        if (slot != null) {
            slot.drop();
        }
    }

    private final class Slot {
        /** Holds what it opens the session with, and so ends with the opening. */
        private volatile @Nullable Uni<OpenSession> opening;

        private volatile @Nullable OpenSession open;
        private volatile boolean dropped;
        /** In {@link System#nanoTime}. Caffeine keeps it, too, but does not give entries in that order. */
        private volatile long used = System.nanoTime();

        /** Of the last use: sealed, so that a session can be ended without holding what it was opened with. */
        private volatile @Nullable JsonNode envelope;

        Slot(Upstream upstream, ObjectNode capabilities) {
            opening = conversations
                    .open(upstream, capabilities)
                    .map(OpenSession::new)
                    .invoke(this::opened)
                    .onFailure()
                    .invoke(this::remove)
                    .memoize()
                    .indefinitely();
        }

        private void opened(OpenSession session) {
            open = session;
            opening = null;
            if (dropped) {
                session.conversation().drop();
            }
        }

        boolean unusable() {
            var session = open;
            return session != null && !session.conversation().usable();
        }

        void drop() {
            dropped = true;
            var session = open;
            if (session != null) {
                session.conversation().drop();
            }
        }

        private void remove() {
            slots.asMap().values().remove(this);
        }
    }
}
