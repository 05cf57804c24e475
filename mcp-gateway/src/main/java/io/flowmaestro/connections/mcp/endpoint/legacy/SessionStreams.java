package io.flowmaestro.connections.mcp.endpoint.legacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.listening.StandingStreams;
import io.flowmaestro.connections.mcp.endpoint.listening.StreamSettings;
import io.flowmaestro.connections.mcp.endpoint.listening.SubscriptionBounds;
import io.flowmaestro.connections.mcp.endpoint.message.LogLevel;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.session.ClientSessions;
import io.flowmaestro.connections.mcp.endpoint.session.Session;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stream of a session that GET opens, one for each, and the resources whose updates are told on it. */
@ApplicationScoped
class SessionStreams {

    private static final Interest UNASKED = new Interest(true, true, true, Set.of(), true);

    /** A client that listens looks in more often; one that does not is told nothing anyway. */
    private static final Duration FORGOTTEN = Duration.ofHours(2);

    private final StandingStreams streams;
    private final ClientSessions sessions;
    private final SubscriptionBounds bounds;
    private final Cache<String, Wanted> wants;
    private final Map<String, UniEmitter<? super Void>> open = new ConcurrentHashMap<>();

    SessionStreams(
            StandingStreams streams, ClientSessions sessions, SubscriptionBounds bounds, StreamSettings settings) {
        this.streams = streams;
        this.sessions = sessions;
        this.bounds = bounds;
        this.wants = Caffeine.newBuilder()
                .maximumSize(settings.most())
                .expireAfterAccess(FORGOTTEN)
                .build();
    }

    /** Stands until the client goes; a stream that it opened before, and may not know to be gone, ends. */
    Uni<Answer> stand(Exchange exchange, Session session) {
        var told = exchange.target().changes(wanted(session)).filter(one -> isLoudEnough(session, one));
        return streams.hold(
                        exchange.caller().subject(),
                        exchange.channel(),
                        told,
                        one -> Outgoing.notification(one.method(), one.params()),
                        exchange.channel()::beat,
                        Uni.createFrom().emitter(emitter -> opened(session, emitter)))
                .replaceWith(Answer::over);
    }

    private void opened(Session session, UniEmitter<? super Void> emitter) {
        end(open.put(session.id(), emitter));
        emitter.onTermination(() -> open.remove(session.id(), emitter));
    }

    private boolean isLoudEnough(Session session, Incoming.Notification told) {
        return !told.method().equals("notifications/message")
                || sessions.level(session)
                        .map(least ->
                                LogLevel.reaches(told.params().path("level").textValue(), least))
                        .orElse(true);
    }

    /** Ends the stream, if there is one. */
    void end(Session session) {
        end(open.get(session.id()));
        wants.invalidate(session.id());
    }

    private static void end(@Nullable UniEmitter<? super Void> stream) {
        if (stream != null) {
            stream.complete(null);
        }
    }

    /** @throws RpcError when there are too many, or their addresses are too long */
    void subscribe(Session session, String uri) {
        var wanted = wanted(session);
        synchronized (wanted) {
            var uris = new HashSet<>(wanted.now().uris());
            uris.add(uri);
            bounds.exceededBy(uris).ifPresent(why -> {
                throw RpcError.of(200, RpcError.REFUSED, why);
            });
            wanted.set(wanted.now().withUris(uris));
        }
    }

    /**
     * The resource is not wanted any more before the request is made, by which it is seen whether anybody else wants it; and
     * again when that fails.
     */
    <T> Uni<T> unsubscribe(Session session, String uri, Supplier<Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            boolean was = remove(session, uri);
            var made = Uni.createFrom().deferred(() -> request.get());
            return was ? made.onFailure().invoke(() -> subscribe(session, uri)) : made;
        });
    }

    /** Whether it was wanted. */
    private boolean remove(Session session, String uri) {
        var wanted = wanted(session);
        synchronized (wanted) {
            var uris = new HashSet<>(wanted.now().uris());
            boolean was = uris.remove(uri);
            wanted.set(wanted.now().withUris(uris));
            return was;
        }
    }

    private Wanted wanted(Session session) {
        return wants.get(session.id(), _ -> new Wanted(UNASKED));
    }
}
