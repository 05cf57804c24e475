package io.flowmaestro.connections.local.proof.mcp;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** An MCP server of 2025-11-25 in this process, good but for the methods that it was given another behaviour for. */
public final class Upstream implements AutoCloseable {
    public static final String TOOL = "act";
    private static final String SESSION = "Mcp-Session-Id";

    /** What the server does when asked; the request's body has been read. The message of a GET is empty. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpServerRequest request, JsonObject message);
    }

    /** A request that came. */
    record Seen(String path, HttpMethod method, MultiMap headers) {}

    private final HttpServer server;
    private final Map<String, Behaviour> behaviours;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final LongAdder requests = new LongAdder();
    private volatile boolean recording;

    private Upstream(Vertx vertx, HttpServerOptions options, Map<String, Behaviour> behaviours) {
        this.behaviours = behaviours;
        server = vertx.createHttpServer(options.setAcceptBacklog(1024))
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** @param behaviours by the method that they answer, {@code GET} and {@code DELETE} among them */
    public static Upstream that(Vertx vertx, Map<String, Behaviour> behaviours) {
        return new Upstream(vertx, new HttpServerOptions().setHost("127.0.0.1").setPort(0), behaviours);
    }

    /** At port 443 of an address. */
    public static Upstream tls(Vertx vertx, String address, PfxOptions keys, Map<String, Behaviour> behaviours) {
        var options = new HttpServerOptions()
                .setHost(address)
                .setPort(443)
                .setSsl(true)
                .setKeyCertOptions(keys);
        return new Upstream(vertx, options, behaviours);
    }

    /** From now on it writes down what it is sent. */
    Upstream recording() {
        recording = true;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/mcp";
    }

    int port() {
        return server.actualPort();
    }

    List<Seen> seen() {
        return seen;
    }

    /** How many requests came. */
    public long requests() {
        return requests.sum();
    }

    private void handle(HttpServerRequest request) {
        requests.increment();
        if (recording) {
            seen.add(new Seen(
                    request.path(),
                    request.method(),
                    MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        }
        var known = behaviours.get(request.method().name());
        if (known != null) {
            known.answer(request, new JsonObject());
        } else if (request.method() == HttpMethod.POST) {
            request.body().onSuccess(body -> answer(request, body.toJsonObject()));
        } else {
            request.response().setStatusCode(405).end();
        }
    }

    private void answer(HttpServerRequest request, JsonObject message) {
        var method = message.getString("method", "");
        behaviours.getOrDefault(method, Upstream::usual).answer(request, message);
    }

    private static void usual(HttpServerRequest request, JsonObject message) {
        switch (message.getString("method", "")) {
            case "initialize" -> {
                request.response().putHeader(SESSION, "a-session");
                result(request, message, initialized());
            }
            case "tools/list" -> result(request, message, tools(tool()));
            case "tools/call" -> result(request, message, text("done"));
            case "server/discover" -> request.response().setStatusCode(400).end("{\"error\": \"no session\"}");
            default -> request.response().setStatusCode(202).end();
        }
    }

    static JsonObject tools(JsonObject... tools) {
        return new JsonObject().put("tools", new JsonArray(List.of(tools)));
    }

    private static JsonObject initialized() {
        return new JsonObject()
                .put("protocolVersion", "2025-11-25")
                .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                .put("serverInfo", new JsonObject().put("name", "upstream").put("version", "1"));
    }

    static JsonObject tool() {
        return new JsonObject().put("name", TOOL).put("inputSchema", new JsonObject().put("type", "object"));
    }

    public static JsonObject text(String text) {
        return new JsonObject()
                .put(
                        "content",
                        new JsonArray().add(new JsonObject().put("type", "text").put("text", text)));
    }

    public static void result(HttpServerRequest request, JsonObject message, JsonObject result) {
        json(request, response(message.getValue("id"), result).encode());
    }

    static JsonObject response(Object id, JsonObject result) {
        return new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result);
    }

    static void json(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "application/json").end(body);
    }

    @Override
    public void close() {
        server.close();
    }
}
