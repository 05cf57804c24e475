package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A wire between a broker and PostgreSQL. While it is stopped, nothing of what the broker says arrives; it can be cut. */
final class Line implements AutoCloseable {
    private final NetServer server;
    private final NetClient client;
    private final int peer;
    private final Set<NetSocket> callers = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean cut;

    private Line(Vertx vertx, int peer) {
        this.peer = peer;
        server = vertx.createNetServer(
                new NetServerOptions().setHost("127.0.0.1").setPort(0));
        client = vertx.createNetClient();
    }

    static Line to(Vertx vertx, int peer) throws Exception {
        var line = new Line(vertx, peer);
        line.server
                .connectHandler(line::connect)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return line;
    }

    int port() {
        return server.actualPort();
    }

    private void connect(NetSocket caller) {
        caller.pause();
        if (cut) {
            caller.close();
            return;
        }
        callers.add(caller);
        client.connect(peer, "127.0.0.1").onFailure(_ -> caller.close()).onSuccess(called -> {
            caller.handler(called::write);
            called.handler(caller::write);
            caller.closeHandler(_ -> {
                callers.remove(caller);
                called.close();
            });
            called.closeHandler(_ -> caller.close());
            if (!stopped) {
                caller.resume();
            }
        });
    }

    void stop() {
        stopped = true;
        callers.forEach(NetSocket::pause);
    }

    void goOn() {
        stopped = false;
        callers.forEach(NetSocket::resume);
    }

    /** Ends what is open and refuses what comes. */
    void cut() {
        cut = true;
        callers.forEach(NetSocket::close);
    }

    void mend() {
        cut = false;
        goOn();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
