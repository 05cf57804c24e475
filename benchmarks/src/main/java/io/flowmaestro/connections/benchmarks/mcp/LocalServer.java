package io.flowmaestro.connections.benchmarks.mcp;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/**
 * MCP servers in this process, on an event loop of their own, each with one tool that answers a hundred characters. Below
 * {@code /fast} and {@code /slow} they speak 2026-07-28, below {@code /sessions} 2025-11-25; {@code /silent} takes requests
 * and never answers.
 */
final class LocalServer implements AutoCloseable {

    static final String TOOL = "echo";

    private static final String VERSION = "2026-07-28";
    private static final JsonObject TOOLS = new JsonObject()
            .put(
                    "tools",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("name", TOOL)
                                    .put("description", "Says it again.")
                                    .put(
                                            "inputSchema",
                                            new JsonObject()
                                                    .put("type", "object")
                                                    .put(
                                                            "properties",
                                                            new JsonObject()
                                                                    .put(
                                                                            "text",
                                                                            new JsonObject().put("type", "string"))))));
    private static final JsonObject SAID = new JsonObject()
            .put(
                    "content",
                    new JsonArray().add(new JsonObject().put("type", "text").put("text", "x".repeat(100))));

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpServer server;
    private final long serviceMillis;
    private final LongAdder opened = new LongAdder();
    private final LongAdder called = new LongAdder();

    private LocalServer(Duration serviceTime) {
        serviceMillis = serviceTime.toMillis();
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setIdleTimeout(0))
                .requestHandler(this::handle);
    }

    static LocalServer start(Duration serviceTime) {
        var server = new LocalServer(serviceTime);
        server.server.listen().toCompletionStage().toCompletableFuture().join();
        return server;
    }

    int port() {
        return server.actualPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Sessions that were opened so far. */
    long opened() {
        return opened.sum();
    }

    /** Tools that were called so far. */
    long called() {
        return called.sum();
    }

    private void handle(HttpServerRequest request) {
        if (request.uri().startsWith("/silent")) {
            return;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().setStatusCode(405).end();
            return;
        }
        request.body().onSuccess(body -> answer(request, new JsonObject(body)));
    }

    private void answer(HttpServerRequest request, JsonObject message) {
        var id = message.getValue("id");
        if (id == null) {
            request.response().setStatusCode(202).end();
            return;
        }
        boolean sessions = request.uri().startsWith("/sessions");
        switch (message.getString("method")) {
            case "server/discover" -> {
                if (sessions) {
                    request.response().setStatusCode(400).end();
                } else {
                    send(request, id, discovered());
                }
            }
            case "initialize" -> {
                opened.increment();
                request.response().putHeader("Mcp-Session-Id", UUID.randomUUID().toString());
                send(request, id, initialized());
            }
            case "tools/list" -> send(request, id, complete(TOOLS, sessions));
            case "tools/call" -> {
                called.increment();
                if (request.uri().startsWith("/slow")) {
                    vertx.setTimer(serviceMillis, _ -> send(request, id, complete(SAID, false)));
                } else {
                    send(request, id, complete(SAID, sessions));
                }
            }
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static JsonObject complete(JsonObject result, boolean sessions) {
        return sessions ? result : result.copy().put("resultType", "complete");
    }

    private static JsonObject discovered() {
        return new JsonObject()
                .put("resultType", "complete")
                .put("supportedVersions", new JsonArray().add(VERSION))
                .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                .put("_meta", new JsonObject().put("io.modelcontextprotocol/serverInfo", info()));
    }

    private static JsonObject initialized() {
        return new JsonObject()
                .put("protocolVersion", "2025-11-25")
                .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                .put("serverInfo", info());
    }

    private static JsonObject info() {
        return new JsonObject().put("name", "benchmark").put("version", "1");
    }

    private static void send(HttpServerRequest request, Object id, JsonObject result) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("result", result)
                        .toBuffer());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
