package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One process of a service, as its peers and operators call it. */
final class ServiceClient {
    /** Longer than a service takes to give up on whatever it waits for. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final HttpClient http;
    private final ServiceTokens tokens;

    ServiceClient(int port, HttpClient http, ServiceTokens tokens) {
        this.base = URI.create("http://127.0.0.1:" + port);
        this.http = http;
        this.tokens = tokens;
    }

    boolean isReady() throws InterruptedException {
        try {
            return readiness().status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Answer readiness() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve("/q/health/ready")).GET());
    }

    Answer asAdmin(String method, String path, JsonObject body) throws IOException, InterruptedException {
        return send(request(method, path, body, ServiceTokens.ADMIN));
    }

    Answer asAdmin(String method, String path) throws IOException, InterruptedException {
        return asAdmin(method, path, new JsonObject());
    }

    Answer encrypt(UUID user, Sealed record) throws IOException, InterruptedException {
        return as(user, "/internal/encrypt", record.toSeal());
    }

    Answer encryptAll(UUID user, List<Sealed> records) throws IOException, InterruptedException {
        return as(
                user,
                "/internal/encrypt/batch",
                items(records.stream().map(Sealed::toSeal).toList()));
    }

    Answer decrypt(UUID user, JsonObject toOpen) throws IOException, InterruptedException {
        return as(user, "/internal/decrypt", toOpen);
    }

    Answer decryptAll(UUID user, List<JsonObject> toOpen) throws IOException, InterruptedException {
        return as(user, "/internal/decrypt/batch", items(toOpen));
    }

    /** As the registry, whose matter the secrets of webhooks are. */
    Answer asRegistry(UUID user, String path, JsonObject body) throws IOException, InterruptedException {
        return send(request("POST", path, body, "connection-registry").header("X-On-Behalf-Of", user.toString()));
    }

    private static JsonObject items(List<JsonObject> items) {
        return new JsonObject().put("items", new JsonArray(items));
    }

    /** As the broker, which may seal and open. */
    private Answer as(UUID user, String path, JsonObject body) throws IOException, InterruptedException {
        return send(request("POST", path, body, "oauth-broker").header("X-On-Behalf-Of", user.toString()));
    }

    private HttpRequest.Builder request(String method, String path, JsonObject body, String client) {
        var builder = HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + tokens.of(client));
        return method.equals("GET")
                ? builder.GET()
                : builder.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.encode()));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.headers().firstValue("Retry-After"), answer.body());
    }
}
