package io.flowmaestro.connections.mcp.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.flight.CallerContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions in use, bounded in number and idle time. Callers who come at once wait for one and the same opening. */
@ApplicationScoped
class Sessions {

    private final Conversations conversations;
    private final Cache<SessionKey, Slot> slots;

    Sessions(Conversations conversations, ClientSettings settings) {
        this.conversations = conversations;
        this.slots = Caffeine.newBuilder()
                .maximumSize(settings.mostSessions())
                .expireAfterAccess(settings.sessionIdle())
                .build();
    }

    Uni<OpenSession> get(SessionKey key, Upstream upstream) {
        return Uni.createFrom()
                .deferred(() -> slots.get(key, _ -> new Slot(upstream)).opening.emitOn(CallerContext.current()));
    }

    /** Only the session that failed goes; one that another caller has opened meanwhile stays. */
    void forget(SessionKey key, OpenSession lost) {
        slots.asMap().computeIfPresent(key, (_, slot) -> slot.open == lost ? null : slot);
    }

    /** Takes a user's sessions out, those that are being opened included, and gives those that are open. */
    List<LeftSession> forget(UUID user) {
        var left = new ArrayList<LeftSession>();
        slots.asMap().forEach((key, slot) -> {
            var open = slot.open;
            if (key.user().equals(user) && slots.asMap().remove(key, slot) && open != null) {
                left.add(new LeftSession(key, open.conversation()));
            }
        });
        return left;
    }

    private final class Slot {
        private final Uni<OpenSession> opening;
        private volatile @Nullable OpenSession open;

        Slot(Upstream upstream) {
            opening = conversations
                    .open(upstream)
                    .map(OpenSession::new)
                    .invoke(session -> open = session)
                    .onFailure()
                    .invoke(this::remove)
                    .memoize()
                    .indefinitely();
        }

        private void remove() {
            slots.asMap().values().remove(this);
        }
    }
}
