package io.flowmaestro.connections.mcp.session;

import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.egress.HeaderRules;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.core.Changes;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Meanwhile;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

/** While a session's server works on one call. */
record SessionMeanwhile(HttpTransport http, SessionHeaders session, Changes changes, Upstream upstream, Turn turn)
        implements Meanwhile {

    @Override
    public void notified(Incoming.Notification notification) {
        changes.notified(notification);
        turn.notified(notification);
    }

    @Override
    public Uni<Void> asked(Incoming.Request request) {
        return turn.asked(request).chain(reply -> http.tell(upstream, session.headers(), reply));
    }

    /**
     * The rest of a stream is asked for with GET (2025-11-25, resumability). Whatever comes of that, the call itself has
     * been taken: a session that is lost only now must not have it repeated. An id that no header can carry is none.
     */
    @Override
    public Optional<Uni<EgressStream>> resume(String lastEventId, Duration pause) {
        if (!HeaderRules.allowedValue(lastEventId)) {
            return Optional.empty();
        }
        var headers = new HashMap<>(session.headers());
        headers.put("Last-Event-ID", lastEventId);
        return Optional.of(
                after(pause).chain(() -> http.events(upstream, headers)).invoke(SessionMeanwhile::requireStream));
    }

    /** No longer than the call may take: a server may wish for days. */
    private Uni<Void> after(Duration pause) {
        var context = CallerContext.current();
        return Uni.createFrom().deferred(() -> {
            var left = upstream.deadline().remaining();
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(pause.compareTo(left) < 0 ? pause : left)
                    .emitOn(context);
        });
    }

    private static void requireStream(EgressStream stream) {
        if (stream.status() != 200) {
            stream.close();
            throw McpFailure.protocol("it cut its answer short, and does not give the rest of it");
        }
    }
}
