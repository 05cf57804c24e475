package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a WebSocket, on loopback. */
public final class FakeSocketServer implements AutoCloseable {

    /** Answers one JSON-RPC method in a way of its own. */
    @FunctionalInterface
    public interface Script {
        void answer(ServerWebSocket socket, JsonObject message);
    }

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    public final List<String> seen = new CopyOnWriteArrayList<>();
    public final List<MultiMap> upgrades = new CopyOnWriteArrayList<>();
    public final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    public volatile int refuses;
    private final int port;

    public FakeSocketServer() {
        this("mcp");
    }

    public FakeSocketServer(String protocol) {
        port = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol(protocol))
                .webSocketHandler(this::open)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        on("initialize", (socket, message) -> {
            var tools = new JsonObject().put("tools", new JsonObject());
            result(
                    socket,
                    message,
                    new JsonObject().put("protocolVersion", "2025-11-25").put("capabilities", tools));
        });
        on("tools/list", (socket, message) -> result(socket, message, FakeMcpServer.tools("echo")));
        on("tools/call", (socket, message) -> result(socket, message, FakeMcpServer.text("called")));
    }

    public String url() {
        return "ws://127.0.0.1:" + port + "/message";
    }

    public FakeSocketServer on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    public long count(String method) {
        return seen.stream().filter(method::equals).count();
    }

    private void open(ServerWebSocket socket) {
        upgrades.add(socket.headers());
        if (refuses != 0) {
            socket.reject(refuses);
            return;
        }
        sockets.add(socket);
        socket.textMessageHandler(text -> {
            var message = new JsonObject(text);
            var method = message.getString("method", "");
            seen.add(method);
            scripts.getOrDefault(method, (_, _) -> {}).answer(socket, message);
        });
    }

    private static void result(ServerWebSocket socket, JsonObject message, JsonObject result) {
        socket.writeTextMessage(
                FakeMcpServer.answer(message.getValue("id"), result).encode());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
