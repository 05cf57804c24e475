package io.flowmaestro.connections.mcp.watch;

import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.OpenSession;
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
import java.util.Optional;
import java.util.Set;
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
    private final Map<Watched, Watch> watches = new HashMap<>();

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

    /** One connection of a user. */
    public record Watched(UUID user, UUID connection) {}

    /**
     * What a connection's server tells that is wanted, until it is cancelled or there is no such connection any more. Never
     * fails: a server that cannot be listened to tells nothing, and neither does one beyond the bounds.
     */
    public Multi<Incoming.Notification> of(UUID user, UUID connection, Wanted wanted) {
        return Multi.createFrom().emitter(emitter -> join(new Watched(user, connection), wanted, emitter));
    }

    /** Those that are listened to. */
    public synchronized Set<Watched> connections() {
        return Set.copyOf(watches.keySet());
    }

    /** Whoever listens hears the end: there is no such connection any more. */
    public void end(Watched watched) {
        find(watched).ifPresent(Watch::over);
    }

    /** The server is listened to anew, with the credential that the connection has now. */
    public void renew(Watched watched) {
        find(watched).ifPresent(Watch::renew);
    }

    /** Whether anybody who listens here wants to be told of that resource. */
    public boolean isWanted(Watched watched, String uri) {
        return find(watched).filter(watch -> watch.isWanted(uri)).isPresent();
    }

    /** The server has been asked to tell of a resource in that session. */
    public void subscribed(Watched watched, OpenSession session, String uri) {
        find(watched).ifPresent(watch -> watch.subscribed(session, uri));
    }

    /** The server may tell no more of a resource. */
    public void unsubscribed(Watched watched, String uri) {
        find(watched).ifPresent(watch -> watch.unsubscribed(uri));
    }

    private synchronized Optional<Watch> find(Watched watched) {
        return Optional.ofNullable(watches.get(watched));
    }

    private synchronized void join(Watched key, Wanted wanted, MultiEmitter<? super Incoming.Notification> emitter) {
        if (!watches.containsKey(key) && isFull(key.user())) {
            metrics.counter("mcp.watches.refused").increment();
            return;
        }
        var watch = watches.computeIfAbsent(key, this::watch);
        var leave = watch.join(wanted, emitter);
        emitter.onTermination(() -> left(key, watch, leave));
    }

    private synchronized void left(Watched key, Watch watch, Runnable leave) {
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

    private Watch watch(Watched key) {
        var watched = new WatchedConnection(connections, client, key.user(), key.connection(), settings.check());
        return new Watch(vertx, watched::listen, new Pause(settings.shortestPause(), settings.longestPause(), random));
    }

    private synchronized int count() {
        return watches.size();
    }
}
