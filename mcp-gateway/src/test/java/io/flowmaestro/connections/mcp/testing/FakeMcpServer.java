package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A streamable HTTP server on loopback that does what a test tells it, and remembers everything it was sent. */
public final class FakeMcpServer implements AutoCloseable {

    /** One request. */
    public record Seen(HttpMethod method, MultiMap headers, JsonObject message) {
        public String rpc() {
            return message.getString("method", "");
        }
    }

    /** Answers one JSON-RPC method in a way of its own. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpServerRequest request, JsonObject message);
    }

    private static final Set<String> SESSIONLESS = Set.of("initialize", "server/discover");

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final AtomicInteger sessionNumber = new AtomicInteger();
    public final Set<String> sessions = ConcurrentHashMap.newKeySet();
    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public volatile boolean events;
    public volatile boolean keepsSessions = true;
    private volatile boolean insistsOnSessions;
    public volatile String version = "2025-11-25";
    private final int port;

    public FakeMcpServer() {
        port = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    var message = body.length() == 0 ? new JsonObject() : body.toJsonObject();
                    seen.add(new Seen(request.method(), request.headers(), message));
                    handle(request, message);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        on("initialize", this::initialize);
        on("tools/list", (request, message) -> result(request, message, tools("echo", "add")));
        on("tools/call", (request, message) -> result(request, message, text("called")));
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    public Vertx vertx() {
        return vertx;
    }

    /** From now on it is one of the session eras, whatever it was before. */
    public FakeMcpServer sessions() {
        scripts.remove("server/discover");
        insistsOnSessions = true;
        return on("initialize", this::initialize);
    }

    public FakeMcpServer on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    public long count(String method) {
        return seen.stream().filter(one -> one.rpc().equals(method)).count();
    }

    public Seen last(String method) {
        return seen.stream().filter(one -> one.rpc().equals(method)).toList().getLast();
    }

    /** The requests that ended sessions. */
    public List<Seen> deletions() {
        return seen.stream().filter(one -> one.method() == HttpMethod.DELETE).toList();
    }

    /** What we answered to its own questions. */
    public List<String> replies() {
        return seen.stream()
                .filter(one -> one.method() == HttpMethod.POST && one.rpc().isEmpty())
                .map(one -> one.message().encode())
                .toList();
    }

    private void handle(HttpServerRequest request, JsonObject message) {
        var session = request.getHeader("Mcp-Session-Id");
        if (request.method() == HttpMethod.GET) {
            scripts.getOrDefault("GET", FakeMcpServer::notAllowed).answer(request, message);
        } else if (request.method() == HttpMethod.DELETE) {
            scripts.getOrDefault("DELETE", this::ended).answer(request, message);
        } else if (session != null && !sessions.contains(session)) {
            request.response().setStatusCode(404).end();
        } else if (insistsOnSessions && session == null && !SESSIONLESS.contains(message.getString("method", ""))) {
            notInSession(request, message);
        } else if (!message.containsKey("id") || !message.containsKey("method")) {
            request.response().setStatusCode(202).end();
        } else {
            scripts.getOrDefault(message.getString("method"), FakeMcpServer::notInSession)
                    .answer(request, message);
        }
    }

    private void ended(HttpServerRequest request, JsonObject message) {
        sessions.remove(request.getHeader("Mcp-Session-Id"));
        request.response().end();
    }

    private static void notAllowed(HttpServerRequest request, JsonObject message) {
        request.response().setStatusCode(405).end();
    }

    /** What servers on the SDK of the session eras say to a request that names no session. */
    private static void notInSession(HttpServerRequest request, JsonObject message) {
        request.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .end("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"x\"},\"id\":null}");
    }

    private void initialize(HttpServerRequest request, JsonObject message) {
        if (keepsSessions) {
            var session = "session-" + sessionNumber.incrementAndGet();
            sessions.add(session);
            request.response().putHeader("Mcp-Session-Id", session);
        }
        result(
                request,
                message,
                new JsonObject()
                        .put("protocolVersion", version)
                        .put("serverInfo", new JsonObject().put("name", "fake").put("version", "1.2.3"))
                        .put("capabilities", new JsonObject().put("tools", new JsonObject())));
    }

    public static JsonObject tools(String... names) {
        var tools = new JsonArray();
        for (var name : names) {
            tools.add(new JsonObject()
                    .put("name", name)
                    .put("_meta", new JsonObject().put("kept", true))
                    .put("inputSchema", new JsonObject("""
                            {"type":"object","properties":{"path":{"type":"string"}}}""")));
        }
        return new JsonObject().put("tools", tools);
    }

    public static JsonObject text(String text) {
        return new JsonObject()
                .put(
                        "content",
                        new JsonArray().add(new JsonObject().put("type", "text").put("text", text)));
    }

    public void result(HttpServerRequest request, JsonObject message, JsonObject result) {
        send(request.response(), answer(message.getValue("id"), result).encode());
    }

    public void error(HttpServerRequest request, JsonObject message, int code) {
        send(
                request.response(),
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", message.getValue("id"))
                        .put("error", new JsonObject().put("code", code).put("message", "upstream words"))
                        .encode());
    }

    public static JsonObject answer(Object id, JsonObject result) {
        return new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result);
    }

    public void send(HttpServerResponse response, String json) {
        if (events) {
            response.putHeader("Content-Type", "text/event-stream").setChunked(true);
            response.write(": hello\r\n\r\nevent: message\r\nid: 1\r\ndata: ");
            response.write(json + "\r\n\r\n");
            vertx.setTimer(10, _ -> response.end());
        } else {
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(json);
        }
    }

    /** Begins an event stream and leaves it open. */
    public HttpServerResponse stream(HttpServerRequest request) {
        return request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
