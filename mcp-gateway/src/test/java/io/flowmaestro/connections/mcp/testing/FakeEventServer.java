package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of the revision 2024-11-05 on loopback: a stream at /sse, messages to /messages. */
public final class FakeEventServer implements AutoCloseable {

    /** Answers one JSON-RPC method on the stream, in a way of its own. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpServerResponse stream, JsonObject message);
    }

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    public final List<FakeMcpServer.Seen> seen = new CopyOnWriteArrayList<>();
    public final List<HttpServerResponse> streams = new CopyOnWriteArrayList<>();
    public volatile String endpoint = "/messages";
    public volatile int accepted = 202;
    private final int port;

    public FakeEventServer() {
        port = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> handle(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        on("initialize", (stream, message) -> {
            var tools = new JsonObject().put("tools", new JsonObject());
            result(
                    stream,
                    message,
                    new JsonObject()
                            .put("protocolVersion", "2024-11-05")
                            .put("serverInfo", new JsonObject().put("name", "old"))
                            .put("capabilities", tools));
        });
        on("tools/list", (stream, message) -> result(stream, message, FakeMcpServer.tools("echo", "add")));
        on("tools/call", (stream, message) -> result(stream, message, FakeMcpServer.text("called")));
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/sse";
    }

    public FakeEventServer on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    public long count(String method) {
        return seen.stream().filter(one -> one.rpc().equals(method)).count();
    }

    private void handle(HttpServerRequest request, Buffer body) {
        var message = body.length() == 0 ? new JsonObject() : body.toJsonObject();
        seen.add(new FakeMcpServer.Seen(request.method(), request.headers(), message));
        if (request.method() == HttpMethod.GET && request.path().equals("/sse")) {
            open(request);
        } else if (request.path().equals("/messages")) {
            request.response().setStatusCode(accepted).end("Accepted");
            var script = scripts.get(message.getString("method", ""));
            if (accepted == 202 && script != null) {
                script.answer(streams.getLast(), message);
            }
        } else {
            request.response().setStatusCode(404).end("Cannot POST");
        }
    }

    private void open(HttpServerRequest request) {
        var stream = request.response()
                .putHeader("Content-Type", "text/event-stream")
                .setChunked(true);
        streams.add(stream);
        stream.write(": hello\n\n" + (endpoint.isEmpty() ? "" : "event: endpoint\ndata: " + endpoint + "\n\n"));
    }

    public static void result(HttpServerResponse stream, JsonObject message, JsonObject result) {
        send(stream, FakeMcpServer.answer(message.getValue("id"), result).encode());
    }

    public static void send(HttpServerResponse stream, String json) {
        stream.write("event: message\ndata: " + json + "\n\n");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
