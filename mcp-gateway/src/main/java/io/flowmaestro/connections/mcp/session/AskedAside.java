package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.core.Changes;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks in mid-call without saying for which call, which it does on the stream of the session. That stream is
 * opened with a call of somebody who can be asked, and let go of when there has been none for a while.
 */
final class AskedAside {

    /** Some servers say nothing, not even that the stream stands, until there is something to say. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** So that calls which follow each other share a stream, and a server that ends is not held up by one that nobody needs. */
    private static final Duration UNNEEDED = Duration.ofSeconds(3);

    /** Longer than a stream that was let go of stands (250 ms), and as often as there is patience. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final int MOST_RETRIES = 3;

    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    private final HttpTransport http;
    private final Answers answers;
    private final SessionHeaders session;
    private final Changes changes;
    private final Map<Long, UnderWay> underWay = new ConcurrentSkipListMap<>();
    private @Nullable Uni<Void> opening;
    private @Nullable CompletableFuture<?> stream;
    /** So many were opened. */
    private long streams;

    private boolean over;
    private int unauthorized;
    /** A server that was waited for in vain is asked once for each call, and not waited for, until it gives a stream. */
    private boolean patient = true;

    AskedAside(HttpTransport http, Answers answers, SessionHeaders session, Changes changes) {
        this.http = http;
        this.answers = answers;
        this.session = session;
        this.changes = changes;
    }

    private record UnderWay(Turn turn, Upstream upstream) {

        /** {@code elicitation/create} needs the capability elicitation, and so on. */
        boolean canBeAsked(String method) {
            int slash = method.indexOf('/');
            return slash > 0 && turn.call().listener().capabilities().has(method.substring(0, slash));
        }
    }

    /** Makes a call, while its caller can be asked. */
    <T> Uni<T> during(Turn turn, Upstream upstream, Supplier<Uni<T>> call) {
        if (!session.inSession() || turn.call().listener().capabilities().isEmpty()) {
            return call.get();
        }
        return Uni.createFrom().deferred(() -> {
            underWay.put(turn.id(), new UnderWay(turn, upstream));
            return opened(upstream).chain(call::get).onTermination().invoke(() -> ended(turn));
        });
    }

    private void ended(Turn turn) {
        underWay.remove(turn.id());
        if (underWay.isEmpty()) {
            var _ = Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(UNNEEDED)
                    .invoke(this::letGoUnlessNeeded)
                    .subscribeAsCompletionStage();
        }
    }

    /** A call is under way before it asks for the stream, so it finds either this one or none. */
    private void letGoUnlessNeeded() {
        CompletableFuture<?> standing;
        synchronized (this) {
            if (!underWay.isEmpty()) {
                return;
            }
            standing = stream;
            stream = null;
            opening = null;
        }
        cancel(standing);
    }

    private static void cancel(@Nullable CompletableFuture<?> standing) {
        if (standing != null) {
            standing.cancel(false);
        }
    }

    /** Never fails: without the stream a call is what it was. */
    private Uni<Void> opened(Upstream upstream) {
        return opening(upstream)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .emitOn(CallerContext.current());
    }

    private synchronized Uni<Void> opening(Upstream upstream) {
        if (over) {
            return Uni.createFrom().voidItem();
        }
        var known = opening;
        if (known == null) {
            known = ask(upstream, patient ? MOST_RETRIES : 0)
                    .invoke(answer -> begin(answer, upstream))
                    .replaceWithVoid()
                    .onFailure()
                    .recoverWithUni(() -> Uni.createFrom().voidItem().invoke(this::notOpened))
                    .memoize()
                    .indefinitely();
            opening = known;
        }
        return known;
    }

    private Uni<EgressStream> ask(Upstream upstream, int retries) {
        return http.standingChanges(upstream, session.headers())
                .chain(answer -> retries > 0 && isForLater(answer)
                        ? later(answer, upstream, retries)
                        : Uni.createFrom().item(answer));
    }

    /** Servers that have one stream for each session may not have noticed yet that the last one is over. */
    private static boolean isForLater(EgressStream answer) {
        return answer.status() == CONFLICT || answer.status() == TOO_MANY;
    }

    /** Its token may be another by the next call, but each refusal of one has it renewed: a server that goes on means the stream. */
    private boolean isRefusal(EgressStream answer) {
        boolean forTheToken = answer.status() == UNAUTHORIZED;
        unauthorized += forTheToken ? 1 : 0;
        return answer.status() / 100 == 4 && !isForLater(answer) && (!forTheToken || unauthorized > 1);
    }

    private Uni<EgressStream> later(EgressStream refusal, Upstream upstream, int retries) {
        refusal.close();
        var context = CallerContext.current();
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(PAUSE)
                .emitOn(context)
                .chain(() -> ask(upstream, retries - 1));
    }

    /** A server that refuses, and not for its token, has no such stream, or does not know the session: it is not asked for it again. */
    private synchronized void begin(EgressStream answer, Upstream upstream) {
        var type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (over || underWay.isEmpty() || answer.status() != 200 || !type.startsWith("text/event-stream")) {
            answer.close();
            over = over || isRefusal(answer);
            patient = !isForLater(answer);
            opening = null;
            return;
        }
        patient = true;
        var reading = answers.messages(answer)
                .invoke(message -> take(message, upstream))
                .onItem()
                .ignoreAsUni()
                .subscribeAsCompletionStage();
        stream = reading;
        streams++;
        long mine = streams;
        var _ = reading.whenComplete((_, _) -> ended(mine));
    }

    private synchronized void notOpened() {
        opening = null;
    }

    /** Another one may have been opened since. */
    private synchronized void ended(long which) {
        if (which == streams) {
            opening = null;
            stream = null;
        }
    }

    private void take(Incoming message, Upstream upstream) {
        switch (message) {
            case Incoming.Request request -> asked(request, upstream);
            case Incoming.Notification notification -> {
                changes.notified(notification);
                underWay.values().forEach(one -> one.turn().notified(notification));
            }
            case Incoming.Result _, Incoming.Failure _ -> {}
        }
    }

    /** The oldest call whose caller can be asked is asked; with none there is nobody to. */
    private void asked(Incoming.Request request, Upstream upstream) {
        var one = underWay.values().stream()
                .filter(waiting -> waiting.canBeAsked(request.method()))
                .findFirst();
        var _ = reply(one, request)
                .chain(reply -> http.tell(one.map(UnderWay::upstream).orElse(upstream), session.headers(), reply))
                .subscribeAsCompletionStage();
    }

    private static Uni<ObjectNode> reply(Optional<UnderWay> one, Incoming.Request request) {
        if (request.method().equals("ping")) {
            return Uni.createFrom().item(Outgoing.result(request.id(), McpJson.object()));
        }
        return one.map(waiting -> waiting.turn().asked(request))
                .orElseGet(() -> Uni.createFrom().item(Outgoing.error(request.id(), -32601, "Method not supported")));
    }

    /** Lets go of the stream. Safe to repeat. */
    void drop() {
        CompletableFuture<?> standing;
        synchronized (this) {
            over = true;
            standing = stream;
        }
        cancel(standing);
    }
}
