package io.flowmaestro.connections.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    /** Set by the client when it has the first event: only then does the service send the second. */
    private static final AtomicReference<Promise<Void>> FIRST_EVENT_READ = new AtomicReference<>();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void open() throws IOException {
        HttpServer service = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(16 * 1024))
                .requestHandler(FrontDoorTest::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Upstream up = new Upstream("connection-registry", "127.0.0.1", service.actualPort());
        Upstream down = new Upstream("oauth-broker", "127.0.0.1", unusedPort());
        port = new FrontDoor(vertx, new Routes(up, down, up), PATIENCE)
                .listen(0)
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Nested
    class Forwards {
        @Test
        void theNormalisedPathWithItsQueryAndBody() throws Exception {
            HttpRequest request = to("/x/../api//connections?q=%2F..&q=b")
                    .POST(HttpRequest.BodyPublishers.ofString("body"))
                    .build();

            assertThat(send(request).body()).isEqualTo("POST /api/connections?q=%2F..&q=b body");
        }

        @Test
        void aQueryAsLongAsACallbackMayHaveIt() throws Exception {
            String path = "/api/connections?code=" + "c".repeat(16_000);

            assertThat(send(to(path).build()).body()).isEqualTo("GET " + path + " ");
        }

        @Test
        void theHeadersOfACallerButNotItsClaimsAboutForwarding() throws Exception {
            HttpRequest request = to("/api/connections/headers")
                    .header("X-On-Behalf-Of", "someone")
                    .header("X-Forwarded-For", "203.0.113.9")
                    .header("X-Forwarded-Host", "evil.example")
                    .header("Forwarded", "for=203.0.113.9")
                    .build();

            assertThat(new JsonObject(send(request).body()))
                    .isEqualTo(new JsonObject()
                            .put("behalf", "someone")
                            .put("for", "127.0.0.1")
                            .put("host", "127.0.0.1:" + port)
                            .put("forwarded", "none"));
        }

        @Test
        void eachEventAsItComesAndForLongerThanAnAnswerMayTakeToBegin() throws Exception {
            FIRST_EVENT_READ.set(Promise.promise());
            long asked = System.nanoTime();
            HttpResponse<InputStream> response =
                    client.send(to("/mcp/events").build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream events = response.body()) {
                byte[] first = events.readNBytes(9);
                assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
                FIRST_EVENT_READ.get().complete();
                byte[] second = events.readNBytes(9);

                assertThat(new String(second, StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(PATIENCE);
            }
        }
    }

    @Nested
    class AnswersItself {
        @Test
        void anUnknownPathOfTheApiWithAProblem() throws Exception {
            HttpResponse<String> response = send(to("/api/nothing?secret=1")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .build());

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(new JsonObject(response.body()))
                    .isEqualTo(new JsonObject()
                            .put("type", "urn:flowmaestro:connections:problem:not-found")
                            .put("title", "Not found")
                            .put("status", 404)
                            .put("detail", "There is nothing at this path.")
                            .put("instance", "/api/nothing")
                            .put("success", false)
                            .put("code", "not-found")
                            .put("trace_id", "0af7651916cd43dd8448eb211c80319c")
                            .put("violations", new JsonArray()));
        }

        @Test
        void forAServiceThatIsDownAndSaysWhenToTryAgain() throws Exception {
            HttpResponse<String> response = send(to("/api/oauth/providers").build());

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("2");
            assertThat(code(response)).isEqualTo("service-unavailable");
            assertThat(response.body()).contains("oauth-broker").doesNotContain("Connection refused");
        }

        @Test
        void forAServiceThatDoesNotBeginItsAnswerInTime() throws Exception {
            HttpResponse<String> response = send(to("/api/connections/stuck").build());

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(code(response)).isEqualTo("gateway-timeout");
        }

        @Test
        void forAServiceThatHangsUp() throws Exception {
            HttpResponse<String> response = send(to("/api/connections/hang-up").build());

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(code(response)).isEqualTo("bad-gateway");
        }

        @Test
        void aPathOfTwentyThousandCharacters() throws Exception {
            HttpResponse<String> response = send(to("/" + "a".repeat(20_000)).build());

            assertThat(response.statusCode()).isEqualTo(414);
            assertThat(code(response)).isEqualTo("uri-too-long");
        }
    }

    private static void serve(HttpServerRequest request) {
        switch (request.path()) {
            case "/api/connections/stuck" -> {}
            case "/api/connections/hang-up" -> request.connection().close();
            case "/api/connections/headers" ->
                request.response()
                        .end(new JsonObject()
                                .put("behalf", request.getHeader("X-On-Behalf-Of"))
                                .put("for", request.getHeader("X-Forwarded-For"))
                                .put("host", request.getHeader("X-Forwarded-Host"))
                                .put("forwarded", request.headers().contains("Forwarded") ? "some" : "none")
                                .encode());
            case "/mcp/events" -> {
                request.response().setChunked(true).write("data: 1\n\n");
                Vertx vertx = Vertx.currentContext().owner();
                FIRST_EVENT_READ
                        .get()
                        .future()
                        .compose(_ -> vertx.timer(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .onSuccess(_ -> request.response().end("data: 2\n\n"));
            }
            default ->
                request.bodyHandler(
                        body -> request.response().end(request.method() + " " + request.uri() + " " + body));
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String code(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
