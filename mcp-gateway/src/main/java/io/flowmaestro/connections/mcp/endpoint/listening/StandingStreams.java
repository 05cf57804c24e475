package io.flowmaestro.connections.mcp.endpoint.listening;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Keeps streams to clients standing, bounded for each user and in all. */
@Startup
@ApplicationScoped
public class StandingStreams {

    private static final Logger LOG = Logger.getLogger(StandingStreams.class);

    private final StreamSettings settings;
    private final Map<UUID, Integer> ofUser = new HashMap<>();
    private final Set<UniEmitter<? super Void>> standing = ConcurrentHashMap.newKeySet();
    private int all;
    private volatile boolean ending;

    StandingStreams(StreamSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        metrics.gauge("mcp.client.streams", this, StandingStreams::count);
        // Beside the framework's own: it waits for requests that are under way, and these would be for its whole
        // patience.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "mcp-streams-end"));
    }

    /**
     * Says what is told, in the form that is given, until the client goes, the time is over, somebody completes the end, or
     * what is told fails or ends. Completes with the end of the stream; fails with 429 when there are too many.
     *
     * @param begin run once everything that is told is heard, so that the client misses nothing from then on
     * @param end completes when the stream has to end early
     */
    public Uni<Void> hold(
            UUID user,
            Channel channel,
            Multi<Incoming.Notification> told,
            Function<Incoming.Notification, ObjectNode> form,
            Runnable begin,
            Uni<Void> end) {
        return Uni.createFrom().deferred(() -> {
            enter(user);
            return stream(channel, told.map(form), begin, end).onTermination().invoke(() -> leave(user));
        });
    }

    private Uni<Void> stream(Channel channel, Multi<ObjectNode> messages, Runnable begin, Uni<Void> end) {
        Uni<Void> said = messages.invoke(channel::mention).onItem().ignoreAsUni();
        Uni<Void> begun = Uni.createFrom().deferred(() -> {
            begin.run();
            return Uni.createFrom().nothing();
        });
        Uni<Void> beats = Multi.createFrom()
                .ticks()
                .startingAfter(settings.beat())
                .every(settings.beat())
                .onOverflow()
                .drop()
                .invoke(channel::beat)
                .onItem()
                .ignoreAsUni();
        Uni<Void> shutdown = Uni.createFrom().<Void>emitter(this::untilShutdown);
        return Uni.combine()
                .any()
                .of(said, begun, beats, end, shutdown)
                .ifNoItem()
                .after(settings.longest())
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.infof("A stream of an MCP client ends early: %s", failure))
                .onFailure()
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    /** A client that comes back before nobody is sent here any more is turned away in the same manner. */
    private void untilShutdown(UniEmitter<? super Void> emitter) {
        standing.add(emitter);
        emitter.onTermination(() -> standing.remove(emitter));
        if (ending) {
            emitter.complete(null);
        }
    }

    private void endAll() {
        ending = true;
        standing.forEach(emitter -> emitter.complete(null));
    }

    private synchronized void enter(UUID user) {
        int mine = ofUser.getOrDefault(user, 0);
        if (mine >= settings.mostPerUser() || all >= settings.most()) {
            throw RpcError.of(
                    429,
                    RpcError.REFUSED,
                    "Too many streams are open already. Close some of them, or try again later.");
        }
        ofUser.put(user, mine + 1);
        all++;
    }

    private synchronized void leave(UUID user) {
        ofUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
        all--;
    }

    private synchronized int count() {
        return all;
    }
}
