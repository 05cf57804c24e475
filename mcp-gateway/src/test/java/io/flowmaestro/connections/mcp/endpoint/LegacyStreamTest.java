package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class LegacyStreamTest extends SessionCase {

    private void logsAndProgresses() {
        server.on("tools/call", (request, message) -> {
            var token = message.getJsonObject("params").getJsonObject("_meta").getValue("progressToken");
            var stream = server.stream(request);
            stream.write(event(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/message")
                    .put("params", new JsonObject().put("level", "info").put("data", "words"))));
            stream.write(event(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/progress")
                    .put("params", new JsonObject().put("progressToken", token).put("progress", 1))));
            stream.end(event(FakeMcpServer.answer(message.getValue("id"), text("done"))));
        });
    }

    @Test
    void relaysLogsAndProgressAsEvents() {
        logsAndProgresses();

        var answer =
                inSession().request("tools/call", echo().put("_meta", new JsonObject().put("progressToken", "mine")));

        assertThat(answer.isStream()).isTrue();
        assertThat(answer.messages()).hasSize(3);
        assertThat(answer.messages().get(0).getString("method")).isEqualTo("notifications/message");
        assertThat(answer.messages().get(1).getJsonObject("params"))
                .isEqualTo(new JsonObject().put("progressToken", "mine").put("progress", 1));
        assertThat(answer.result()).isEqualTo(text("done"));
    }

    @Test
    void keepsToTheLevelThatWasSet() {
        logsAndProgresses();
        var client = inSession();

        assertThat(client.request("logging/setLevel", new JsonObject().put("level", "error"))
                        .result())
                .isEqualTo(new JsonObject());
        var answer = client.request("tools/call", echo().put("_meta", new JsonObject().put("progressToken", 1)));

        assertThat(answer.messages()).hasSize(2);
        assertThat(client.request("logging/setLevel", new JsonObject().put("level", "loud"))
                        .error()
                        .getInteger("code"))
                .isEqualTo(-32602);
    }

    @Test
    void asksTheClientAndBringsTheAnswerBack() throws Exception {
        var answered = new CompletableFuture<JsonObject>();
        server.on("tools/call", (request, message) -> {
            var stream = server.stream(request);
            stream.write(event(Client.message(77, "elicitation/create", new JsonObject().put("message", "Who?"))));
            server.vertx()
                    .setPeriodic(
                            20,
                            timer -> server.replies().stream()
                                    .map(JsonObject::new)
                                    .filter(reply -> reply.getInteger("id") == 77)
                                    .findFirst()
                                    .ifPresent(reply -> {
                                        server.vertx().cancelTimer(timer);
                                        answered.complete(reply);
                                        stream.end(event(FakeMcpServer.answer(message.getValue("id"), text("thanks"))));
                                    }));
        });
        var client = inSession(new JsonObject().put("elicitation", new JsonObject()));

        var lines = client.open(Client.message(5, "tools/call", echo()).encode())
                .body()
                .iterator();
        var question = nextMessage(lines);
        var taken = client.post(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", question.getValue("id"))
                .put("result", new JsonObject().put("action", "decline")));

        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(nextMessage(lines).getJsonObject("result")).isEqualTo(text("thanks"));
        assertThat(answered.get().getJsonObject("result")).isEqualTo(new JsonObject().put("action", "decline"));
    }

    @Test
    void asksTheClientWhatAServerAsksBesideTheCall() throws Exception {
        var aside = new CompletableFuture<HttpServerResponse>();
        server.on("GET", (request, _) -> {
            var stream = server.stream(request);
            stream.write(": hello\n\n");
            aside.complete(stream);
        });
        server.on("tools/call", (request, message) -> {
            aside.join()
                    .write(event(Client.message(79, "elicitation/create", new JsonObject().put("message", "Who?"))));
            server.vertx().setPeriodic(20, timer -> {
                if (!server.replies().isEmpty()) {
                    server.vertx().cancelTimer(timer);
                    server.result(request, message, text("thanks"));
                }
            });
        });
        var client = inSession(new JsonObject().put("elicitation", new JsonObject()));

        var lines = client.open(Client.message(5, "tools/call", echo()).encode())
                .body()
                .iterator();
        var question = nextMessage(lines);
        client.post(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", question.getValue("id"))
                .put("result", new JsonObject().put("action", "decline")));

        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        assertThat(nextMessage(lines).getJsonObject("result")).isEqualTo(text("thanks"));
        assertThat(new JsonObject(server.replies().getFirst()))
                .isEqualTo(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 79)
                        .put("result", new JsonObject().put("action", "decline")));

        client.request("tools/call", echo());
        assertThat(streamsAskedFor()).isOne();
    }

    /** Whose stream of the session is refused with that status at first. */
    private Client withoutStreamAtFirst(int status) {
        var asked = new AtomicInteger();
        server.on("GET", (request, _) -> {
            if (asked.incrementAndGet() == 1) {
                request.response().setStatusCode(status).end();
            } else {
                server.stream(request).write(": hello\n\n");
            }
        });
        server.on(
                "tools/call",
                (request, message) -> server.result(request, message, text("after " + streamsAskedFor())));
        return inSession(new JsonObject().put("elicitation", new JsonObject()));
    }

    private long streamsAskedFor() {
        return server.seen.stream()
                .filter(one -> one.method() == HttpMethod.GET)
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429})
    void waitsForTheStreamOfAServerThatHasNoneRightNow(int status) {
        var client = withoutStreamAtFirst(status);

        assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("after 2"));
        assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("after 2"));
    }

    @ParameterizedTest
    @CsvSource({"404, 1", "405, 1", "400, 1", "403, 1", "401, 2", "503, 2"})
    void asksForTheStreamAgainUnlessTheServerKnowsOfNone(int status, int streams) {
        var client = withoutStreamAtFirst(status);

        client.request("tools/call", echo());

        assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("after " + streams));
    }

    @Test
    void waitsOnceForTheStreamOfAServerThatNeverHasOne() {
        server.on("GET", (request, _) -> request.response().setStatusCode(409).end());
        var client = inSession(new JsonObject().put("elicitation", new JsonObject()));

        assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("called"));
        long first = streamsAskedFor();
        assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("called"));

        assertThat(first).isGreaterThanOrEqualTo(4);
        assertThat(streamsAskedFor()).isEqualTo(first + 1);
    }

    @Test
    void refusesForAClientThatCannotBeAsked() throws Exception {
        server.on("tools/call", (request, message) -> {
            var stream = server.stream(request);
            stream.write(event(Client.message(78, "elicitation/create", new JsonObject())));
            server.vertx().setPeriodic(20, timer -> {
                if (!server.replies().isEmpty()) {
                    server.vertx().cancelTimer(timer);
                    stream.end(event(FakeMcpServer.answer(message.getValue("id"), text("alone"))));
                }
            });
        });

        assertThat(inSession().request("tools/call", echo()).result()).isEqualTo(text("alone"));
        assertThat(server.replies().getFirst()).contains("-32601");
    }

    @Test
    void passesACancellationOn() throws Exception {
        server.on("tools/call", (request, message) -> server.stream(request).write(": wait\n\n"));
        var client = inSession();
        var call = CompletableFuture.supplyAsync(() -> client.post(Client.message(9, "tools/call", echo())));
        while (server.count("tools/call") == 0) {
            Thread.sleep(10);
        }

        client.post(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/cancelled")
                .put("params", new JsonObject().put("requestId", 9)));

        assertThat(call.get().error().getString("message")).contains("Cancelled");
        while (server.count("notifications/cancelled") == 0) {
            Thread.sleep(10);
        }
    }

    static String event(JsonObject message) {
        return "data: " + message.encode() + "\n\n";
    }

    private static JsonObject nextMessage(Iterator<String> lines) {
        while (true) {
            var line = lines.next();
            if (line.startsWith("data: ")) {
                return new JsonObject(line.substring(6));
            }
        }
    }
}
