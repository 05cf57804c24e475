package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * An OAuth provider in this process, which answers at once. It rotates refresh tokens, takes each of them once, and counts.
 */
final class LocalProvider implements AutoCloseable {

    static final String KEY = "acme";
    static final int LIFETIME_SECONDS = 3600;

    /** As long as those of large providers. */
    private static final String REST = "x".repeat(200);

    private final HttpServer server;
    private final Map<String, String> current = new ConcurrentHashMap<>();
    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private LocalProvider(Vertx vertx) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::handle);
    }

    static LocalProvider start(Vertx vertx) {
        var provider = new LocalProvider(vertx);
        provider.server.listen().toCompletionStage().toCompletableFuture().join();
        return provider;
    }

    /** Writes the file that makes it known to the registry. */
    Path catalogued(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(KEY + ".yaml"), """
                key: %1$s
                name: Acme
                category: developer
                methods:
                  oauth2:
                    authorize: http://127.0.0.1:%2$d/authorize
                    token: http://127.0.0.1:%2$d/token
                    default_scopes: [read]
                    pkce: required
                    token_auth: body
                    refresh:
                      rotates: true
                """.formatted(KEY, server.actualPort()));
        return folder;
    }

    /** What a broker has to know to be its client. */
    Map<String, String> client() {
        return Map.of("ACME_CLIENT_ID", "benchmark", "ACME_CLIENT_SECRET", "benchmark-secret");
    }

    /**
     * Tokens of a new grant, in the shape of a token answer.
     *
     * @param grant a name without dots
     */
    JsonObject granted(String grant) {
        return issued(grant, 0);
    }

    /** One to store, whose tokens end at that time. */
    Connection connection(UUID user, Instant endsAt) {
        var id = UUID.randomUUID();
        var data = granted(id.toString())
                .put("issued_at", endsAt.minusSeconds(LIFETIME_SECONDS).toEpochMilli())
                .put("expires_at", endsAt.toEpochMilli())
                .put("scope", new JsonArray().add("read"));
        return new Connection(id, user, "oauth2", KEY, data, endsAt, null);
    }

    private JsonObject issued(String grant, int serial) {
        var refreshToken = "rt." + grant + "." + serial + "." + REST.substring(0, 80);
        current.put(grant, refreshToken);
        return new JsonObject()
                .put("access_token", "at." + grant + "." + serial + "." + REST)
                .put("refresh_token", refreshToken)
                .put("token_type", "Bearer");
    }

    private void handle(HttpServerRequest request) {
        calls.increment();
        request.setExpectMultipart(true);
        request.end().onSuccess(_ -> {
            var answer = refreshed(String.valueOf(request.getFormAttribute("refresh_token")));
            request.response()
                    .setStatusCode(answer.containsKey("error") ? 400 : 200)
                    .putHeader("Content-Type", "application/json")
                    .end(answer.toBuffer());
        });
    }

    private JsonObject refreshed(String refreshToken) {
        var parts = refreshToken.split("\\.", -1);
        if (parts.length != 4 || !current.remove(parts[1], refreshToken)) {
            refused.increment();
            return new JsonObject().put("error", "invalid_grant");
        }
        return issued(parts[1], Integer.parseInt(parts[2]) + 1).put("expires_in", LIFETIME_SECONDS);
    }

    /** Token requests so far. */
    long calls() {
        return calls.sum();
    }

    /** Those among them with a token that was unknown, or used before. */
    long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
