package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** MCP clients that began a session at {@code /mcp} and then say nothing, each with its TCP connection open. */
final class IdleClients implements AutoCloseable {

    /** So many connect at a time, below the server's backlog. */
    private static final int AT_A_TIME = 64;

    private static final int LONGEST_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();

    private IdleClients() {}

    /** Returns when all were answered or gave up. */
    static IdleClients connect(int port, int count) {
        var clients = new IdleClients();
        var client = clients.vertx.createNetClient(new NetClientOptions());
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<Future<Void>> answers = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_A_TIME); i++) {
                answers.add(clients.begin(client, port));
            }
            Future.join(answers)
                    .otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return clients;
    }

    private Future<Void> begin(NetClient client, int port) {
        var body = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "initialize")
                .put(
                        "params",
                        new JsonObject()
                                .put("protocolVersion", "2025-11-25")
                                .put("capabilities", new JsonObject())
                                .put(
                                        "clientInfo",
                                        new JsonObject().put("name", "idle").put("version", "1")))
                .encode();
        var request = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nAuthorization: Bearer "
                + Tokens.user(UUID.randomUUID()) + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return client.connect(port, "127.0.0.1").compose(socket -> {
            var answered = io.vertx.core.Promise.<Void>promise();
            socket.handler(bytes -> {
                if (bytes.toString().startsWith("HTTP/1.1 200")) {
                    open.add(socket);
                }
                answered.tryComplete();
            });
            socket.closeHandler(_ -> {
                open.remove(socket);
                answered.tryFail("closed");
            });
            socket.write(request);
            return answered.future();
        });
    }

    /** Those that were answered and are still connected. */
    int answered() {
        return open.size();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
