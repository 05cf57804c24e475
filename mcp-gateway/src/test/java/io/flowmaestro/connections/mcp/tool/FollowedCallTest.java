package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class FollowedCallTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<Stream<String>> follow(String accept, String body) throws IOException, InterruptedException {
        var path = "/api/mcp/" + StoredMcp.of(alice, server).id + "/tools/echo";
        return HTTP.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Authorization", "Bearer " + Tokens.worker())
                        .header("X-On-Behalf-Of", alice.toString())
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
    }

    private static List<String> lines(HttpResponse<Stream<String>> answer) {
        return answer.body().filter(line -> !line.isBlank()).toList();
    }

    private static JsonObject data(String line) {
        return new JsonObject(line.substring(line.indexOf('{')));
    }

    private HttpServerResponse progress(HttpServerRequest request, JsonObject message) {
        var token = message.getJsonObject("params").getJsonObject("_meta").getValue("progressToken");
        var stream = server.stream(request);
        var params = new JsonObject()
                .put("progressToken", token)
                .put("progress", 1)
                .put("total", 2)
                .put("message", "half");
        stream.write("data: "
                + new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/progress")
                        .put("params", params)
                        .encode()
                + "\n\n");
        return stream;
    }

    @Test
    void tellsProgressAndThenTheResult() throws Exception {
        server.on("tools/call", (request, message) -> {
            var stream = progress(request, message);
            var answer = FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("done"));
            server.vertx().setTimer(200, _ -> stream.end("data: " + answer.encode() + "\n\n"));
        });

        var answer = follow("text/event-stream", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        var lines = lines(answer);
        assertThat(lines.get(0)).isEqualTo("event:progress");
        assertThat(data(lines.get(1)))
                .isEqualTo(new JsonObject().put("progress", 1).put("total", 2).put("message", "half"));
        assertThat(lines.get(2)).isEqualTo("event:result");
        assertThat(data(lines.get(3)).getString("text")).isEqualTo("done");
        assertThat(UsageInbox.await(alice, 1).getFirst().encode()).contains("\"outcome\":\"ok\"");
    }

    @Test
    void tellsOfAFailureAsItsProblemWould() throws Exception {
        server.on(
                "tools/call",
                (request, _) -> request.response()
                        .setStatusCode(503)
                        .putHeader("Retry-After", "7")
                        .end());

        var lines = lines(follow("text/event-stream", "{}"));

        assertThat(lines.get(0)).isEqualTo("event:error");
        var error = data(lines.get(1));
        assertThat(error.getInteger("status")).isEqualTo(502);
        assertThat(error.getString("code")).isEqualTo("mcp-server-failing");
        assertThat(error.getInteger("retry_after")).isEqualTo(7);
        assertThat(lines).hasSize(2);
    }

    @Test
    void namesEachParameterThatDoesNotFit() throws Exception {
        var error = data(lines(follow("text/event-stream", "{\"parameters\":{\"path\":7}}"))
                .get(1));

        assertThat(error.getString("code")).isEqualTo("tool-arguments-invalid");
        assertThat(error.getJsonArray("violations").getJsonObject(0).getString("field"))
                .isEqualTo("parameters.path");
    }

    @Test
    void tellsOfAFailureAfterProgress() throws Exception {
        server.on("tools/call", (request, message) -> {
            progress(request, message);
            server.vertx().setTimer(200, _ -> request.connection().close());
        });

        var lines = lines(follow("text/event-stream", "{}"));

        assertThat(lines.get(2)).isEqualTo("event:error");
        var error = data(lines.get(3));
        assertThat(error.getBoolean("success")).isFalse();
        assertThat(error.getString("code")).isEqualTo("mcp-server-unreachable");
    }

    @Test
    void isForWhoeverAsksForEvents() throws Exception {
        assertThat(follow("application/json", "{}")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("application/json");
        assertThat(follow("text/csv", "{}").statusCode()).isEqualTo(406);
        assertThat(server.last("tools/call").message().getJsonObject("params").containsKey("_meta"))
                .isFalse();
    }

    @Test
    void endsWithACallerWhoHangsUp() throws Exception {
        var begun = new CompletableFuture<Void>();
        server.on("tools/call", (request, message) -> {
            progress(request, message);
            begun.complete(null);
        });

        var answer = follow("text/event-stream", "{}");
        begun.join();
        answer.body().close();

        await().until(() -> server.count("notifications/cancelled") == 1);
    }
}
