package io.flowmaestro.connections.mcp.ending;

import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.watch.Watches;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Ends what this replica keeps with a server as soon as the connection is deleted or revoked, or has another credential: its
 * sessions, and what listens to it. What changed is read again first: a test, a renewed token or another tool policy leaves
 * them alone. A change that nobody here was told of is made up for once changes are heard again.
 */
@Startup
@ApplicationScoped
class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final int AT_ONCE = 4;

    private final Vertx vertx;
    private final ConnectionChanges changes;
    private final McpConnections connections;
    private final McpClient client;
    private final Watches watches;
    private final Farewells farewells;
    private final Counter ended;
    private final AtomicBoolean catchingUp = new AtomicBoolean();

    Endings(
            Vertx vertx,
            ConnectionChanges changes,
            McpConnections connections,
            McpClient client,
            Watches watches,
            Farewells farewells,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.changes = changes;
        this.connections = connections;
        this.client = client;
        this.watches = watches;
        this.farewells = farewells;
        this.ended = metrics.counter("mcp.sessions.ended");
        changes.forgetBy(this::changed, this::missed);
    }

    /** The listener calls, which is to wait for nothing. */
    private void changed(UUID connection) {
        kept().filter(one -> one.connection().equals(connection))
                .collect(Collectors.toUnmodifiableSet())
                .forEach(one -> vertx.runOnContext(_ -> look(one)));
    }

    /** May come every second for as long as the database is away. */
    private void missed() {
        if (catchingUp.compareAndSet(false, true)) {
            vertx.setTimer(SETTLED.toMillis(), _ -> catchUp());
        }
    }

    private void catchUp() {
        catchingUp.set(false);
        if (changes.isHearing()) {
            var _ = Multi.createFrom()
                    .iterable(kept().collect(Collectors.toUnmodifiableSet()))
                    .onItem()
                    .transformToUni(this::settled)
                    .merge(AT_ONCE)
                    .onItem()
                    .ignoreAsUni()
                    .subscribeAsCompletionStage();
        }
    }

    private Stream<Watches.Watched> kept() {
        return Stream.concat(
                client.sessions().map(key -> new Watches.Watched(key.user(), key.connection())),
                watches.connections().stream());
    }

    private void look(Watches.Watched one) {
        var _ = settled(one).subscribeAsCompletionStage();
    }

    /** Never fails. What cannot be found out leaves the sessions to end by themselves when nobody uses them. */
    private Uni<Void> settled(Watches.Watched one) {
        return connections
                .session(one.user(), one.connection())
                .map(Set::of)
                .onFailure(Endings::isGone)
                .recoverWithItem(Set.of())
                .onFailure()
                .retry()
                .withBackOff(AGAIN)
                .atMost(TRIES)
                .chain(usable -> end(one, usable))
                .onFailure()
                .invoke(failure -> LOG.infof("Sessions of a connection that changed are left alone: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code().status() == 404 || problem.code().status() == 409);
    }

    /** Whoever listens comes first, so that nobody takes the end of the session for a broken one. */
    private Uni<Void> end(Watches.Watched one, Set<SessionKey> usable) {
        if (usable.isEmpty()) {
            watches.end(one);
        } else if (client.sessions().anyMatch(key -> isOver(key, one, usable))) {
            watches.renew(one);
        }
        var left = client.forget(key -> isOver(key, one, usable));
        ended.increment(left.size());
        return farewells.say(left);
    }

    private static boolean isOver(SessionKey key, Watches.Watched one, Set<SessionKey> usable) {
        return key.user().equals(one.user()) && key.connection().equals(one.connection()) && !usable.contains(key);
    }
}
