package io.flowmaestro.connections.registry.proof;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** HTTP clients that send a whole request and leave before its answer. */
public final class HangUps {

    private static final String BODY = "{\"metadata\": {\"hung_up\": true}}";

    private final RandomGenerator random;
    private final Map<UUID, String> tokens = new HashMap<>();

    public HangUps(RandomGenerator random) {
        this.random = random;
    }

    public void one() throws IOException, InterruptedException {
        UUID user = Tenants.user(random.nextInt(Tenants.USERS));
        if (random.nextInt(5_000) == 0) {
            tokens.clear();
        }
        String token = tokens.computeIfAbsent(user, Tokens::user);
        String connection = "/api/connections/" + Tenants.connection(user, random);
        String start = switch (random.nextInt(5)) {
            case 0 -> "PUT " + connection;
            case 1 -> "GET /api/connections/events?limit=100";
            case 2 -> "GET /api/connections/events/export";
            case 3 -> "GET " + connection;
            default -> "GET /api/connections?total=true";
        };
        String request = start + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + (start.startsWith("PUT") ? BODY.length() : 0) + "\r\n\r\n" + (start.startsWith("PUT") ? BODY : "");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoLinger(random.nextBoolean(), 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(random.nextInt(8));
        }
    }
}
