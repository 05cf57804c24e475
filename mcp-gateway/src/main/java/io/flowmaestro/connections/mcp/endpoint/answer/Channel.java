package io.flowmaestro.connections.mcp.endpoint.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the client of one request. It is decided late whether the answer is plain JSON or an event stream: the
 * first thing to say before the result begins the stream.
 */
public final class Channel {

    private static final int QUESTIONS = 4;

    private final HttpServerResponse response;
    private final boolean takesEvents;
    private final long mostUnsent;
    private boolean begun;
    private long unsent;

    /** @param mostQueued bytes that wait for the client before what may be lost is dropped; four times as many before the rest is refused */
    public Channel(HttpServerResponse response, boolean takesEvents, int mostQueued) {
        this.response = response;
        this.takesEvents = takesEvents;
        this.mostUnsent = (long) QUESTIONS * mostQueued;
        response.setWriteQueueMaxSize(mostQueued);
    }

    /** Whether the client reads event streams at all. */
    public boolean takesEvents() {
        return takesEvents;
    }

    /** Says something that may be lost: it is dropped when the client does not keep up, or takes no events. */
    public synchronized void mention(ObjectNode message) {
        if (isOpen() && !response.writeQueueFull()) {
            write(frame(message));
        }
    }

    /**
     * Says something; false when it does not reach the client, which takes no events, is gone or has not kept up for long: what
     * it does not read is not kept for it without end, however much its server has to say.
     */
    public synchronized boolean say(ObjectNode message) {
        if (!isOpen() || unsent > mostUnsent) {
            return false;
        }
        write(frame(message));
        return true;
    }

    private boolean isOpen() {
        return takesEvents && !response.ended() && !response.closed();
    }

    private void write(Buffer bytes) {
        begin();
        unsent += bytes.length();
        response.write(bytes).onComplete(_ -> sent(bytes.length()));
    }

    private synchronized void sent(int bytes) {
        unsent -= bytes;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            response.setStatusCode(200)
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream")
                    .putHeader("Cache-Control", "no-store")
                    // Proxies that collect an answer before they pass it on would hold back what is said in between.
                    .putHeader("X-Accel-Buffering", "no");
        }
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    void end(@Nullable ObjectNode message) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (message == null) {
            response.end();
        } else {
            response.end(frame(message));
        }
    }

    /** Gives the client the answer that somebody else has made, as it comes. */
    public Future<Void> relay(HttpClientResponse answer, List<String> headers) {
        synchronized (this) {
            if (response.ended() || response.closed()) {
                return Future.failedFuture("The client is gone");
            }
            begun = true;
            response.setStatusCode(answer.statusCode());
            headers.forEach(name -> answer.headers().getAll(name).forEach(value -> response.putHeader(name, value)));
            var length = answer.getHeader("Content-Length");
            if (length == null) {
                response.setChunked(true);
            } else {
                response.putHeader("Content-Length", length);
            }
        }
        return answer.pipeTo(response);
    }

    /** Says nothing, so that what is between does not take the client for gone; begins the stream if need be. */
    public synchronized void beat() {
        if (isOpen() && !response.writeQueueFull()) {
            write(Buffer.buffer(":\n\n"));
        }
    }

    private static Buffer frame(ObjectNode message) {
        return Buffer.buffer("event: message\ndata: ")
                .appendBytes(McpJson.write(message))
                .appendBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
