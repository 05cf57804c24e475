package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.RedirectedEgress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A server that answers what a test says for a whole URL, and 404 to any other. */
final class ScriptedProvider implements AutoCloseable {

    record Seen(String method, String url, Map<String, String> headers, String body) {}

    private record Answer(int status, String body) {}

    private static final Vertx VERTX = Vertx.vertx();
    private static final String ORIGIN = "X-Real-Origin";

    final RedirectedEgress egress = new RedirectedEgress(VERTX, ORIGIN);
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));
    final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ScriptedProvider() {
        server = VERTX.createHttpServer()
                .requestHandler(this::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        egress.to(server.actualPort());
    }

    ScriptedProvider on(String url, int status, String body) {
        answers.put(url, new Answer(status, body));
        return this;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void accept(HttpServerRequest request) {
        String url = request.getHeader(ORIGIN) + request.uri();
        request.body().onSuccess(body -> {
            Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.headers().forEach(headers::put);
            seen.add(new Seen(request.method().name(), url, headers, body.toString()));
            Answer answer = answers.getOrDefault(url, new Answer(404, "<html>"));
            request.response().setStatusCode(answer.status()).end(answer.body());
        });
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
