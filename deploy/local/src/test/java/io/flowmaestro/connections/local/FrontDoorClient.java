package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls through the front door, as alice and as a worker that acts for her. */
final class FrontDoorClient {
    static final String ALICE = "0190a1ce-0000-7000-8000-00000000a11c";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final TokenSource tokens;

    FrontDoorClient(int port, TokenSource tokens) {
        this.port = port;
        this.tokens = tokens;
    }

    @FunctionalInterface
    interface TokenSource {
        String of(String account) throws Exception;
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    String bearer(String account) throws Exception {
        return "Bearer " + tokens.of(account);
    }

    /** Stores alice's API key; answers the connection's id. */
    String stored(String key) throws Exception {
        var body = new JsonObject()
                .put("name", "a key")
                .put("connection_method", "api_key")
                .put("provider", "openai")
                .put("data", new JsonObject().put("api_key", key));
        var answer = send(
                "POST",
                "/api/connections",
                BodyPublishers.ofString(body.encode()),
                "Authorization",
                bearer("alice"),
                "Content-Type",
                "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getJsonObject("data").getString("id");
    }

    /** What a worker that acts for alice is given for a connection. */
    String keyOf(String id) throws Exception {
        var answer = send(
                "POST",
                "/api/credentials/" + id,
                BodyPublishers.noBody(),
                "Authorization",
                bearer("worker"),
                "X-On-Behalf-Of",
                ALICE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonObject("data").getString("api_key");
    }
}
