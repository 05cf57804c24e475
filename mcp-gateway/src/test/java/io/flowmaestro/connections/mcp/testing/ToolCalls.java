package io.flowmaestro.connections.mcp.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Tool calls through the service's API. */
public final class ToolCalls {

    private ToolCalls() {}

    /** As a worker, for that user. */
    public static ValidatableResponse call(UUID user, UUID connection, String tool, String body) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", user)
                .contentType("application/json")
                .body(body)
                .post("/api/mcp/{id}/tools/{tool}", connection, tool)
                .then();
    }

    /** Calls the tool echo, and hangs up when the time has come. */
    public static void hangUp(UUID user, UUID connection, Callable<Boolean> when) throws IOException {
        var body = "{\"tool\":\"echo\"}";
        var call = "POST /api/mcp/" + connection + "/call HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer " + Tokens.user(user)
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
            await().until(when);
        }
    }

    /** Makes so many calls at once, and waits for them. */
    public static void together(int calls, Runnable call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = IntStream.range(0, calls)
                    .mapToObj(_ -> CompletableFuture.runAsync(call, threads))
                    .toList();
            done.forEach(CompletableFuture::join);
        }
    }
}
