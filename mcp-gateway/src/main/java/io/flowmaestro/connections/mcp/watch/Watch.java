package io.flowmaestro.connections.mcp.watch;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.OpenSession;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.Told;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one server for all who want to hear of it, for as long as there are any. A stream that ends is opened again
 * after a pause; what may have been missed meanwhile is made up for: after a gap every list counts as changed, and every
 * resource that is wanted as updated. Each stream is a round, and nothing of an earlier round counts any more.
 */
final class Watch {

    private static final long TOGETHER_MILLIS = 100;
    private static final List<String> LISTS = List.of(Told.TOOLS, Told.PROMPTS, Told.RESOURCES);

    /** Opens the stream. */
    @FunctionalInterface
    interface Source {
        Multi<Incoming.Notification> open(Interest interest, Consumer<OpenSession> begun, Runnable opened);
    }

    private final Vertx vertx;
    private final Source source;
    private final Pause pause;
    private final List<Hearer> hearers = new CopyOnWriteArrayList<>();
    private @Nullable Interest asked;
    /** That of the round, while there is one. */
    private @Nullable OpenSession session;

    private @Nullable CompletableFuture<?> stream;
    private int round;
    private boolean standing;
    private boolean settling;
    private boolean gap;
    private long openedAt;

    Watch(Vertx vertx, Source source, Pause pause) {
        this.vertx = vertx;
        this.source = source;
        this.pause = pause;
    }

    private record Hearer(Wanted wanted, MultiEmitter<? super Incoming.Notification> emitter) {

        void hear(Incoming.Notification told) {
            if (wanted.now().covers(told)) {
                emitter.emit(told);
            }
        }
    }

    /** Joins; gives what has to be run to leave. */
    Runnable join(Wanted wanted, MultiEmitter<? super Incoming.Notification> emitter) {
        var hearer = new Hearer(wanted, emitter);
        hearers.add(hearer);
        var unobserve = wanted.onChange(this::settle);
        settle();
        return () -> {
            unobserve.run();
            hearers.remove(hearer);
            stopIfAlone();
        };
    }

    /** Ends the streams of all who listen. Whoever comes after that has the connection looked at anew. */
    void over() {
        synchronized (this) {
            end();
            asked = null;
        }
        // Without the lock: each of them leaves meanwhile.
        hearers.forEach(hearer -> hearer.emitter().complete());
    }

    /** What may be missed meanwhile is made up for. */
    synchronized void renew() {
        if (!hearers.isEmpty()) {
            gap = true;
            listen(wanted());
        }
    }

    boolean isAlone() {
        return hearers.isEmpty();
    }

    boolean isWanted(String uri) {
        return hearers.stream().anyMatch(hearer -> hearer.wanted().now().uris().contains(uri));
    }

    /**
     * The server tells of a resource in that session. Where that is the one which is listened to, the stream need not be
     * opened anew for it. What nobody wants any more is forgotten, so that this does not grow.
     */
    synchronized void subscribed(OpenSession in, String uri) {
        var before = asked;
        if (before != null && in == session) {
            var uris = new HashSet<>(wanted().uris());
            uris.retainAll(before.uris());
            uris.add(uri);
            asked = before.withUris(uris);
        }
    }

    /** The server may tell no more of a resource; it is asked again if somebody has come to want it meanwhile. */
    synchronized void unsubscribed(String uri) {
        var before = asked;
        if (before != null && before.uris().contains(uri)) {
            var uris = new HashSet<>(before.uris());
            uris.remove(uri);
            asked = before.withUris(uris);
            settle();
        }
    }

    /**
     * A resource that somebody wants now has to be asked for; one that nobody wants any more may go on being told of. Those
     * that come to be wanted one after the other are asked for together: each time that the stream is opened anew everything
     * counts as changed.
     */
    private synchronized void settle() {
        if (asked == null) {
            listenToAll();
        } else if (!settling) {
            settling = true;
            vertx.setTimer(TOGETHER_MILLIS, _ -> settled());
        }
    }

    private synchronized void settled() {
        settling = false;
        listenToAll();
    }

    private synchronized void listenToAll() {
        var wanted = wanted();
        if (!hearers.isEmpty() && (asked == null || !asked.uris().containsAll(wanted.uris()))) {
            listen(wanted);
        }
    }

    private Interest wanted() {
        return hearers.stream().map(hearer -> hearer.wanted().now()).reduce(Interest.LISTS, Interest::and);
    }

    private synchronized void stopIfAlone() {
        if (hearers.isEmpty()) {
            end();
            asked = null;
        }
    }

    /** From now on nothing of the round that was counts. */
    private int end() {
        int next = ++round;
        var current = stream;
        leave();
        if (current != null) {
            current.cancel(false);
        }
        return next;
    }

    private void leave() {
        stream = null;
        session = null;
        standing = false;
    }

    /** Between a stream that stands and the next something may be missed. */
    private void listen(Interest wanted) {
        gap |= standing;
        int mine = end();
        asked = wanted;
        vertx.runOnContext(_ -> open(wanted, mine));
    }

    private void open(Interest wanted, int mine) {
        var opening = source.open(wanted, in -> begun(in, mine), () -> opened(mine))
                .invoke(told -> told(told, mine))
                .onItem()
                .ignoreAsUni()
                .subscribeAsCompletionStage();
        if (!keep(opening, mine)) {
            opening.cancel(false);
            return;
        }
        var _ = opening.whenComplete((_, failure) -> ended(failure, mine));
    }

    private synchronized boolean keep(CompletableFuture<?> opening, int mine) {
        if (mine == round) {
            stream = opening;
        }
        return mine == round;
    }

    private synchronized void begun(OpenSession in, int mine) {
        if (mine == round) {
            session = in;
        }
    }

    private void opened(int mine) {
        if (standsAfterAGap(mine)) {
            LISTS.forEach(list -> told(new Incoming.Notification(list, McpJson.object()), mine));
            wanted().uris().forEach(uri -> told(updated(uri), mine));
        }
    }

    private static Incoming.Notification updated(String uri) {
        return new Incoming.Notification(Told.UPDATED, McpJson.object().put("uri", uri));
    }

    private synchronized boolean standsAfterAGap(int mine) {
        boolean after = mine == round && gap;
        if (mine == round) {
            openedAt = System.nanoTime();
            standing = true;
            gap = false;
        }
        return after;
    }

    private void told(Incoming.Notification told, int mine) {
        if (isCurrent(mine)) {
            hearers.forEach(hearer -> hearer.hear(told));
        }
    }

    private synchronized boolean isCurrent(int mine) {
        return mine == round;
    }

    private void ended(@Nullable Throwable failure, int mine) {
        var why = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (isOfNoConnection(why)) {
            if (isCurrent(mine)) {
                over();
            }
        } else {
            rest(why, mine);
        }
    }

    private static boolean isOfNoConnection(@Nullable Throwable why) {
        return why instanceof ProblemException problem && problem.code() == McpProblem.CONNECTION_NOT_FOUND;
    }

    private synchronized void rest(@Nullable Throwable why, int mine) {
        if (mine != round || hearers.isEmpty()) {
            return;
        }
        var stood = standing ? Duration.ofNanos(System.nanoTime() - openedAt) : Duration.ZERO;
        leave();
        gap = true;
        vertx.setTimer(Math.max(1, pause.after(why, stood).toMillis()), _ -> again(mine));
    }

    private synchronized void again(int mine) {
        if (mine == round && !hearers.isEmpty()) {
            listen(wanted());
        }
    }
}
