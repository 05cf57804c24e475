package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire with its limits. The first limit that is passed decides the outcome and drops the connection. All of
 * it happens on one event loop, but for what says otherwise.
 */
final class Exchange implements Handover.Asked {

    private static final long DRAIN_MILLIS = 250;
    private static final long CLOSING_MILLIS = 1_000;
    private static final long CATCH_UP_MILLIS = 1000;
    private static final long STOOD_STILL_NANOS = 100_000_000;
    static final String USER_AGENT = "flowmaestro-connections";

    private final ContextInternal loop;
    private final HttpClient http;
    private final Places.Place place;
    private final EgressRequest request;
    private final VettedTarget target;
    private final Promise<EgressStream> answer = Promise.promise();
    private @Nullable HttpClientRequest wire;
    private @Nullable EgressFailure verdict;
    /** An answer that nobody has begun to read, which its reader may do on any thread. */
    private volatile @Nullable HttpClientResponse unread;

    /** When its time is over, whether or not a timer has come to say so. */
    private long deadline;

    private boolean connecting;
    private boolean over;
    private long totalTimer = -1;
    private long idleTimer = -1;
    private long received;

    Exchange(ContextInternal loop, Pool pool, EgressRequest request, VettedTarget target) {
        this.loop = loop;
        this.http = pool.on(loop);
        this.place = pool.placeAt(target, request);
        this.request = request;
        this.target = target;
    }

    Future<EgressStream> start(Duration remaining) {
        deadline = dueIn(remaining);
        loop.emit(remaining, this::enter);
        return answer.future();
    }

    private void enter(Duration remaining) {
        if (over) {
            return;
        }
        long due = dueIn(remaining);
        totalTimer = loop.setTimer(Math.max(1, remaining.toMillis()), _ -> {
            if (stoodStillSince(due)) {
                totalTimer = loop.setTimer(CATCH_UP_MILLIS, _ -> timeOut());
            } else {
                timeOut();
            }
        });
        switch (place.enter(() -> loop.runOnContext(_ -> connect()))) {
            case TAKEN -> connect();
            case WAITING -> {}
            case FULL -> end(EgressFailure.Kind.UNREACHABLE, null);
            case OWNER_FULL -> end(EgressFailure.fullOfOwnCalls());
        }
    }

    /**
     * A pooled connection may be closed by the server just as it is handed out. Nothing was sent then, so whatever the
     * method, asking the pool once more repeats nothing.
     */
    private void connect() {
        if (over) {
            place.leave();
            return;
        }
        connecting = true;
        ask().recover(cause -> cause instanceof HttpClosedException ? ask() : Future.failedFuture(cause))
                .onSuccess(this::connected)
                .onFailure(this::unconnected);
    }

    /** A client that is closed throws; whatever it throws, the place is given back. */
    private Future<HttpClientRequest> ask() {
        try {
            return http.request(options());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public void abandon() {
        if (answer.tryFail(new EgressFailure(EgressFailure.Kind.UNREACHABLE, true, null))) {
            loop.emit(_ -> release());
        } else {
            loop.runOnContext(_ -> dropUnread());
        }
    }

    /** Whoever waited left just as the answer came: it is nobody's. */
    private void dropUnread() {
        var response = unread;
        if (response != null) {
            letGo(response);
        }
    }

    private RequestOptions options() {
        return new RequestOptions()
                .setServer(target.server())
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setMethod(request.method())
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false);
    }

    /**
     * A process that stood still meanwhile finds its connection open before its timers have come. What it would send now is late:
     * whoever asked for it may count it as not sent.
     */
    private void connected(HttpClientRequest opened) {
        connecting = false;
        if (System.nanoTime() - deadline >= 0) {
            timeOut();
        }
        if (over) {
            // Vert.x logs an error where nobody takes it.
            opened.exceptionHandler(_ -> {});
            opened.reset();
            place.leave();
        } else {
            send(opened);
        }
    }

    private void unconnected(Throwable cause) {
        connecting = false;
        failed(cause);
        place.leave();
    }

    private void send(HttpClientRequest opened) {
        opened.exceptionHandler(this::failed);
        try {
            // Not by the options, from which they would be copied.
            opened.putHeader("User-Agent", USER_AGENT);
            request.headers().forEach(opened::putHeader);
        } catch (RuntimeException unsendable) {
            failed(unsendable);
            opened.reset();
            return;
        }
        wire = opened;
        restartIdleTimer();
        var body = request.body();
        (body == null ? opened.send() : opened.send(body))
                .onSuccess(this::answered)
                .onFailure(this::failed);
    }

    private void answered(HttpClientResponse response) {
        response.pause();
        ignoreErrors(response);
        restartIdleTimer();
        if (declaredLength(response) > request.maxBody()) {
            end(EgressFailure.Kind.TOO_LARGE, null);
            return;
        }
        unread = response;
        answer.tryComplete(new EgressStream(
                response.statusCode(),
                response.headers(),
                () -> body(response),
                whole(response),
                () -> letGo(response)));
    }

    /** The body in one piece. */
    private Uni<Buffer> whole(HttpClientResponse response) {
        return Uni.createFrom()
                .<Buffer>emitter(reader -> gather(response, reader))
                .onCancellation()
                .invoke(() -> letGo(response));
    }

    private void gather(HttpClientResponse response, UniEmitter<? super Buffer> reader) {
        unread = null;
        var all = Buffer.buffer();
        try {
            response.exceptionHandler(cause -> broken(response, reader, cause))
                    .endHandler(_ -> {
                        complete();
                        reader.complete(all);
                    })
                    .handler(chunk -> {
                        if (!over) {
                            add(chunk, all, response, reader);
                        }
                    })
                    .resume();
        } catch (IllegalStateException alreadyEnded) {
            broken(response, reader, alreadyEnded);
        }
    }

    private void add(Buffer chunk, Buffer all, HttpClientResponse response, UniEmitter<? super Buffer> reader) {
        try {
            count(chunk);
            all.appendBuffer(chunk);
        } catch (EgressFailure tooLarge) {
            broken(response, reader, tooLarge);
        }
    }

    private void broken(HttpClientResponse response, UniEmitter<? super Buffer> reader, Throwable cause) {
        ignoreErrors(response);
        var failure = translate(cause);
        release();
        reader.fail(failure);
    }

    /** The body as it comes. */
    private Multi<Buffer> body(HttpClientResponse response) {
        return MultiHelper.toMulti(response)
                .onSubscription()
                .invoke(() -> unread = null)
                .onItem()
                .invoke(this::count)
                .onFailure()
                .transform(this::translate)
                .onCompletion()
                .invoke(this::complete)
                .onCancellation()
                .invoke(() -> letGo(response))
                .onFailure()
                .invoke(() -> {
                    ignoreErrors(response);
                    release();
                });
    }

    /** Nobody reads the body yet, or any more: that we drop the connection ourselves is not worth an error in the log. */
    private static boolean ignoreErrors(HttpClientResponse response) {
        try {
            response.exceptionHandler(_ -> {});
            return true;
        } catch (IllegalStateException alreadyEnded) {
            return false;
        }
    }

    /**
     * Never drops the connection at once: an answer that has arrived whole, though unread, is back in the pool already,
     * and closing its connection would break the next request on it.
     */
    private void letGo(HttpClientResponse response) {
        unread = null;
        loop.runOnContext(_ -> drain(response));
    }

    /**
     * A reader who has what it wanted often leaves just before the last chunk. The answer gets a moment to end by
     * itself, so that the connection can be used again.
     */
    private void drain(HttpClientResponse response) {
        over = true;
        loop.owner().cancelTimer(idleTimer);
        if (!ignoreErrors(response)) {
            complete();
            return;
        }
        long grace = loop.setTimer(DRAIN_MILLIS, _ -> release());
        response.handler(_ -> {}).endHandler(_ -> {
            loop.owner().cancelTimer(grace);
            complete();
        });
        response.resume();
    }

    /** Leaves the connection to the pool. */
    private void complete() {
        wire = null;
        release();
    }

    private void count(Buffer chunk) {
        restartIdleTimer();
        received += chunk.length();
        if (received > request.maxBody()) {
            throw new EgressFailure(EgressFailure.Kind.TOO_LARGE, true, null);
        }
    }

    private static long declaredLength(HttpClientResponse response) {
        var declared = response.getHeader("Content-Length");
        try {
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void failed(Throwable cause) {
        end(FailureKinds.of(cause), cause);
    }

    private void end(EgressFailure.Kind kind, @Nullable Throwable cause) {
        if (!over) {
            end(new EgressFailure(kind, wire != null, cause));
        }
    }

    private void end(EgressFailure failure) {
        verdict = failure;
        release();
        answer.tryFail(failure);
    }

    /** What a broken body is reported as: the limit that was passed, if one was. */
    private EgressFailure translate(Throwable cause) {
        if (cause instanceof EgressFailure failure) {
            return failure;
        }
        var decided = verdict;
        return decided != null ? decided : new EgressFailure(FailureKinds.of(cause), true, cause);
    }

    /**
     * Stops the clocks, and drops the connection unless the answer is complete. Safe to repeat. Who still waits for a
     * connection leaves his place when it is decided, since it is being opened all the same.
     */
    private void release() {
        over = true;
        loop.owner().cancelTimer(totalTimer);
        loop.owner().cancelTimer(idleTimer);
        var opened = wire;
        if (opened != null) {
            drop(opened);
        }
        if (!connecting) {
            place.leave();
        }
    }

    /**
     * Vert.x closes a connection only when everything is written, which a host that reads nothing can put off for good: the rest of the
     * request, and the connection, would be kept for it. Past Vert.x, which would only wait again.
     */
    private void drop(HttpClientRequest opened) {
        if (opened.reset() && opened.connection() instanceof ConnectionBase connection) {
            loop.setTimer(CLOSING_MILLIS, _ -> {
                var _ = connection.channelHandlerContext().close();
            });
        }
    }

    /** A silence as long as the whole may take is what the other timer is for. */
    private void restartIdleTimer() {
        if (idleTimer >= 0) {
            loop.owner().cancelTimer(idleTimer);
        }
        if (!over && request.idleTimeout().compareTo(request.timeout()) < 0) {
            long due = dueIn(request.idleTimeout());
            idleTimer = loop.setTimer(Math.max(1, request.idleTimeout().toMillis()), _ -> {
                if (stoodStillSince(due)) {
                    idleTimer = loop.setTimer(CATCH_UP_MILLIS, _ -> timeOut());
                } else {
                    timeOut();
                }
            });
        }
    }

    private void timeOut() {
        end(EgressFailure.Kind.TIMEOUT, null);
    }

    private static long dueIn(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }

    /**
     * Whether it was this process that was late, not the server: it was stopped, or starved. The answer may have arrived
     * meanwhile and wait in the socket, and it may be the only copy of a token: it gets the time to be read.
     */
    private static boolean stoodStillSince(long due) {
        return System.nanoTime() - due > STOOD_STILL_NANOS;
    }
}
