package io.flowmaestro.connections.egress;

import io.flowmaestro.connections.egress.WebSocketFrames.Frame;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An open WebSocket. Whole messages come in, one after the other; it ends by itself when the host breaks a rule or is silent. */
public final class EgressSocket {

    /** Status 1000 (7.4.1). */
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};

    private final NetSocket socket;
    private final Vertx vertx;
    private final long largestMessage;
    private final Duration idle;
    private final Random random;
    private final WebSocketFrames frames;
    private Buffer message = Buffer.buffer();
    private boolean inMessage;
    /** By its reader, or by nobody. */
    private final AtomicBoolean taken = new AtomicBoolean();

    private long idleTimer = -1;
    private volatile boolean over;

    EgressSocket(Vertx vertx, NetSocket socket, long largestMessage, Duration idle, Random random) {
        this.vertx = vertx;
        this.socket = socket.setWriteQueueMaxSize((int) Math.min(largestMessage, Integer.MAX_VALUE));
        socket.pause();
        this.largestMessage = largestMessage;
        this.idle = idle;
        this.random = random;
        this.frames = new WebSocketFrames(largestMessage);
    }

    /** Begins to read, once. Text and binary messages are not told apart. The end comes once. */
    public void read(Consumer<byte[]> messages, Consumer<EgressFailure> end) {
        if (!taken.compareAndSet(false, true)) {
            end.accept(failure(EgressFailure.Kind.UNREACHABLE));
            return;
        }
        socket.handler(bytes -> {
            try {
                restartIdleTimer(end);
                frames.feed(bytes).forEach(frame -> take(frame, messages));
            } catch (EgressFailure broken) {
                end(end, broken);
            }
        });
        socket.exceptionHandler(failure -> end(end, failure(FailureKinds.of(failure))));
        socket.closeHandler(_ -> end(end, failure(EgressFailure.Kind.UNREACHABLE)));
        restartIdleTimer(end);
        socket.resume();
    }

    private void take(Frame frame, Consumer<byte[]> messages) {
        if (over) {
            return;
        }
        switch (frame.opcode()) {
            case WebSocketFrames.PING -> pong(frame);
            case WebSocketFrames.PONG -> {}
            case WebSocketFrames.CLOSE -> throw failure(EgressFailure.Kind.UNREACHABLE);
            case WebSocketFrames.CONTINUATION, WebSocketFrames.TEXT, WebSocketFrames.BINARY -> append(frame, messages);
            default -> throw failure(EgressFailure.Kind.PROTOCOL);
        }
    }

    /** A host that pings faster than it reads gets no more of them. */
    private void pong(Frame ping) {
        if (!socket.writeQueueFull()) {
            write(WebSocketFrames.PONG, ping.payload().getBytes());
        }
    }

    private void append(Frame frame, Consumer<byte[]> messages) {
        boolean continues = frame.opcode() == WebSocketFrames.CONTINUATION;
        if (continues != inMessage) {
            throw failure(EgressFailure.Kind.PROTOCOL);
        }
        if (message.length() + frame.payload().length() > largestMessage) {
            throw failure(EgressFailure.Kind.TOO_LARGE);
        }
        message.appendBuffer(frame.payload());
        inMessage = !frame.last();
        if (frame.last()) {
            var whole = message.getBytes();
            message = Buffer.buffer();
            messages.accept(whole);
        }
    }

    /**
     * Sends one text message. Fails with {@link EgressFailure} when the connection is gone, or when the host does not
     * read. Not waited for: an upgraded connection of Vert.x never tells that something was written.
     */
    public Uni<Void> send(String text) {
        return Uni.createFrom().item(() -> {
            if (over || socket.writeQueueFull()) {
                throw new EgressFailure(
                        over ? EgressFailure.Kind.UNREACHABLE : EgressFailure.Kind.TIMEOUT, false, null);
            }
            write(WebSocketFrames.TEXT, text.getBytes(StandardCharsets.UTF_8));
            return null;
        });
    }

    public boolean isOpen() {
        return !over;
    }

    /** Says good-bye and drops the connection. Safe to repeat. */
    public void close() {
        if (!over) {
            over = true;
            vertx.cancelTimer(idleTimer);
            write(WebSocketFrames.CLOSE, NORMAL_CLOSURE);
            socket.close();
        }
    }

    /** Whoever waited left just as it opened: it is nobody's. */
    void closeUnread() {
        if (taken.compareAndSet(false, true)) {
            close();
        }
    }

    private void end(Consumer<EgressFailure> end, EgressFailure why) {
        boolean first = !over;
        over = true;
        vertx.cancelTimer(idleTimer);
        socket.close();
        if (first) {
            end.accept(why);
        }
    }

    private void restartIdleTimer(Consumer<EgressFailure> end) {
        vertx.cancelTimer(idleTimer);
        if (!over) {
            idleTimer =
                    vertx.setTimer(Math.max(1, idle.toMillis()), _ -> end(end, failure(EgressFailure.Kind.TIMEOUT)));
        }
    }

    private void write(int opcode, byte[] payload) {
        var _ = socket.write(WebSocketFrames.write(opcode, payload, mask()));
    }

    private byte[] mask() {
        var mask = new byte[4];
        random.nextBytes(mask);
        return mask;
    }

    private static EgressFailure failure(EgressFailure.Kind kind) {
        return new EgressFailure(kind, true, null);
    }

    @Override
    public String toString() {
        return "WebSocket";
    }
}
