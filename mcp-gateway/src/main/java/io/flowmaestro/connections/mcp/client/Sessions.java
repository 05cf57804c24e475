package io.flowmaestro.connections.mcp.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
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
        return Uni.createFrom().deferred(() -> onCallersContext(slots.get(key, _ -> new Slot(upstream)).opening));
    }

    /** Only the session that failed goes; one that another caller has opened meanwhile stays. */
    void forget(SessionKey key, OpenSession lost) {
        slots.asMap().computeIfPresent(key, (_, slot) -> slot.open == lost ? null : slot);
    }

    /** A shared answer arrives on the context of whoever asked first; each caller goes on on its own. */
    private static Uni<OpenSession> onCallersContext(Uni<OpenSession> shared) {
        var context = Vertx.currentContext();
        return context == null ? shared : shared.emitOn(MutinyHelper.executor(context));
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
