package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.home.Secrets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Tokens that the clients of the local identity provider get for themselves: the services and the worker. */
public final class ClientTokens {
    private final String issuer;
    private final Secrets secrets;
    private final HttpClient http;

    public ClientTokens(String issuer, Secrets secrets, HttpClient http) {
        this.issuer = issuer;
        this.secrets = secrets;
        this.http = http;
    }

    /** A fresh one. */
    public String of(String client) {
        var basic = client + ":" + secrets.clientSecret(client);
        var request = HttpRequest.newBuilder(URI.create(issuer + "/token"))
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
