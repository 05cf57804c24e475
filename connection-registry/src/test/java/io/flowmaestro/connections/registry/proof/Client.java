package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** A user's own connection to the registry, for one thread. */
final class Client implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wire wire = new Wire(RestAssured.port, PATIENCE);
    private final String token;

    Client(UUID user) {
        this.token = Tokens.user(user);
    }

    Answer get(String target) throws IOException {
        return send("GET", target, "", "");
    }

    /**
     * Sends a request.
     *
     * @param header a whole header, or nothing
     */
    Answer send(String method, String target, String header, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n%s%s\r\n"
                .formatted(
                        method,
                        target,
                        token,
                        bytes.length,
                        body.isEmpty() ? "" : "Content-Type: application/json\r\n",
                        header.isEmpty() ? "" : header + "\r\n");
        return wire.send((head + body).getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Answer answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
