package io.flowmaestro.connections.mcp.watch;

import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The servers that are listened to on this replica: each connection once, while somebody wants to hear of it. */
@ApplicationScoped
public class Watches {

    private final Vertx vertx;
    private final McpConnections connections;
    private final McpClient client;
    private final RandomGenerator random;
    private final WatchSettings settings;
    private final MeterRegistry metrics;
    private final Map<Key, Watch> watches = new HashMap<>();

    Watches(
            Vertx vertx,
            McpConnections connections,
            McpClient client,
            RandomGenerator random,
            WatchSettings settings,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.connections = connections;
        this.client = client;
        this.random = random;
        this.settings = settings;
        this.metrics = metrics;
        metrics.gauge("mcp.watches", this, Watches::count);
    }

    private record Key(UUID user, UUID connection) {}

    /**
     * What a connection's server tells that is wanted, until it is cancelled. Never fails and never ends: a server that
     * cannot be listened to tells nothing, and neither does one beyond the bounds.
     */
    public Multi<Incoming.Notification> of(UUID user, UUID connection, Wanted wanted) {
        return Multi.createFrom().emitter(emitter -> join(new Key(user, connection), wanted, emitter));
    }

    private synchronized void join(Key key, Wanted wanted, MultiEmitter<? super Incoming.Notification> emitter) {
        if (!watches.containsKey(key) && isFull(key.user())) {
            metrics.counter("mcp.watches.refused").increment();
            return;
        }
        var watch = watches.computeIfAbsent(key, this::watch);
        var leave = watch.join(wanted, emitter);
        emitter.onTermination(() -> left(key, watch, leave));
    }

    private synchronized void left(Key key, Watch watch, Runnable leave) {
        leave.run();
        if (watch.isAlone()) {
            watches.remove(key, watch);
        }
    }

    private boolean isFull(UUID user) {
        return watches.size() >= settings.most()
                || watches.keySet().stream()
                                .filter(key -> key.user().equals(user))
                                .count()
                        >= settings.mostPerUser();
    }

    private Watch watch(Key key) {
        var watched = new WatchedConnection(connections, client, key.user(), key.connection(), settings.check());
        return new Watch(vertx, watched::listen, new Pause(settings.shortestPause(), settings.longestPause(), random));
    }

    private synchronized int count() {
        return watches.size();
    }
}
