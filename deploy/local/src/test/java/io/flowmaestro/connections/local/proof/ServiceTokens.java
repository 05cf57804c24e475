package io.flowmaestro.connections.local.proof;

import io.flowmaestro.connections.local.suite.Parts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens of the identity provider, each used for half of its hour. */
final class ServiceTokens {
    static final String ADMIN = "admin";
    private static final Duration USED_FOR = Duration.ofMinutes(30);

    private record Token(String text, long usedUntil) {}

    private final Parts parts;
    private final HttpClient http;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    ServiceTokens(Parts parts, HttpClient http) {
        this.parts = parts;
        this.http = http;
    }

    /** Of a service by its client credentials, or of {@link #ADMIN}. */
    String of(String client) {
        return tokens.compute(
                        client,
                        (_, known) ->
                                known != null && System.nanoTime() - known.usedUntil() < 0 ? known : fresh(client))
                .text();
    }

    private Token fresh(String client) {
        var text = client.equals(ADMIN) ? parts.adminToken() : byClientCredentials(client);
        return new Token(text, System.nanoTime() + USED_FOR.toNanos());
    }

    private String byClientCredentials(String client) {
        var basic = client + ":" + parts.secrets().clientSecret(client);
        var request = HttpRequest.newBuilder(URI.create(parts.issuer() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new JsonObject(answer.body()).getString("access_token");
        } catch (IOException failure) {
            throw new AssertionError("no token for " + client, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
