package io.flowmaestro.connections.local.operate;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Somebody with a bearer token: a user, an operator, or a worker or a service that acts for a user. */
public final class Caller {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Supplier<String> token;
    private final String onBehalfOf;

    private Caller(HttpClient http, Supplier<String> token, String onBehalfOf) {
        this.http = http;
        this.token = token;
        this.onBehalfOf = onBehalfOf;
    }

    public static Caller of(HttpClient http, Supplier<String> token) {
        return new Caller(http, token, "");
    }

    public Caller actingFor(UUID user) {
        return new Caller(http, token, user.toString());
    }

    /** Whatever is answered. */
    public HttpResponse<String> send(int port, String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.get());
        if (!onBehalfOf.isEmpty()) {
            request.header("X-On-Behalf-Of", onBehalfOf);
        }
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.encode()));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The data of a success; anything else fails. */
    public JsonObject data(int port, String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        return new JsonObject(success(port, method, path, body).body()).getJsonObject("data");
    }

    public HttpResponse<String> success(int port, String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        var answer = send(port, method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
