package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP, as the nodes need it for services that are not Connections. */
final class Web {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;

    Web(HttpClient client) {
        this.client = client;
    }

    /** The JSON of a 200. */
    JsonNode post(HttpRequest.Builder request, JsonNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.request().uri().getHost() + " answered " + answer.statusCode() + ".");
        }
        return JSON.readTree(answer.body());
    }
}
