package io.flowmaestro.connections.mcp.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.client.ToolChanges;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Has the registry look at a server again that says its tools have changed, so that what it keeps, and shows for approval,
 * is what there is. A server that says so all the time is looked at no more than once a minute.
 */
@ApplicationScoped
class StoredTools implements ToolChanges {

    private static final Logger LOG = Logger.getLogger(StoredTools.class);
    private static final long MOST = 10_000;

    private final Vertx vertx;
    private final ToolRefresh refresh;
    private final Duration settle;
    private final Duration between;
    private final Cache<UUID, Look> looks;

    StoredTools(Vertx vertx, ToolRefresh refresh, WatchSettings settings) {
        this.vertx = vertx;
        this.refresh = refresh;
        this.settle = settings.settle();
        this.between = settings.betweenRefreshes();
        this.looks = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(between.multipliedBy(2))
                .build();
    }

    /** @param at when it is or was due, {@link System#nanoTime()} */
    private record Look(long at, boolean done) {}

    @Override
    public void changed(SessionKey session) {
        var user = session.user();
        var connection = session.connection();
        looks.asMap().compute(connection, (_, last) -> {
            if (last != null && !last.done()) {
                return last;
            }
            long now = System.nanoTime();
            long settled = now + settle.toNanos();
            long due = last == null ? settled : Math.max(settled, last.at() + between.toNanos());
            vertx.setTimer(Math.max(1, Duration.ofNanos(due - now).toMillis()), _ -> look(user, connection));
            return new Look(due, false);
        });
    }

    private void look(UUID user, UUID connection) {
        looks.put(connection, new Look(System.nanoTime(), true));
        var _ = refresh.refresh(user, connection)
                .onFailure()
                .invoke(failure -> LOG.infof("Tools that have changed were not looked at again: %s", failure))
                .onFailure()
                .recoverWithNull()
                .subscribeAsCompletionStage();
    }
}
