package io.flowmaestro.connections.mcp.tool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(CallGuardsTest.Narrow.class)
@QuarkusTestResource(PeersResource.class)
class CallGuardsTest {

    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.calls.rate-burst", "30",
                    "connections.mcp.calls.rate-per-second", "1",
                    "connections.mcp.calls.at-once", "2",
                    "connections.mcp.calls.waiting", "1",
                    "connections.mcp.calls.rest", "6S",
                    "connections.mcp.calls.longest-pause", "8S");
        }
    }

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private UUID stored() {
        return StoredMcp.of(alice, server).id;
    }

    private static ValidatableResponse call(UUID user, UUID connection) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", user)
                .contentType("application/json")
                .body("{\"tool\":\"echo\"}")
                .post("/api/mcp/{id}/call", connection)
                .then();
    }

    private void comesBack(UUID connection) {
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> call(alice, connection).extract().statusCode() == 200);
    }

    private void annotated(String annotations) {
        var tool = new JsonObject()
                .put("name", "echo")
                .put("inputSchema", new JsonObject())
                .put("annotations", new JsonObject(annotations));
        server.on(
                "tools/list",
                (request, message) ->
                        server.result(request, message, new JsonObject().put("tools", new JsonArray().add(tool))));
    }

    @Nested
    class Breaker {
        private void fails() {
            server.on(
                    "tools/call",
                    (request, _) -> request.response().setStatusCode(500).end());
        }

        @Test
        void letsAServerRestThatCannotBeReached() {
            var id = stored();
            fails();
            IntStream.range(0, 10)
                    .forEach(_ -> call(alice, id).statusCode(502).body("code", equalTo("mcp-server-failing")));

            call(alice, id)
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("code", equalTo("mcp-server-resting"))
                    .header("Retry-After", notNullValue());
            assertThat(server.count("tools/call")).isEqualTo(10);
            assertThat(counted("mcp_tool_calls_refused_total{reason=\"resting\""))
                    .isPositive();

            server.on("tools/call", (request, message) -> server.result(request, message, FakeMcpServer.text("back")));
            comesBack(id);
            call(alice, id).statusCode(200);
        }

        @Test
        void tellsTheCallerWhenAFailingServerWantsToBeAskedAgain() {
            server.on(
                    "tools/call",
                    (request, _) -> request.response()
                            .setStatusCode(503)
                            .putHeader("Retry-After", "7")
                            .end());

            call(alice, stored())
                    .statusCode(502)
                    .body("code", equalTo("mcp-server-failing"))
                    .body("detail", containsString("has not carried the request out"))
                    .header("Retry-After", "7");
        }

        @Test
        void doesNotMindAServerThatTakesNoMore() {
            server.on(
                    "tools/call",
                    (request, _) -> request.response()
                            .setStatusCode(429)
                            .putHeader("Retry-After", "0")
                            .end());
            var id = stored();

            for (int i = 0; i < 12; i++) {
                var answer = call(alice, id).extract();
                // The pause of a second, if the one before has not ended.
                assertThat(answer.<String>path("code")).isIn("mcp-server-busy", "too-many-requests");
            }
        }

        @Test
        void isOnesOwn() {
            var bob = UUID.randomUUID();
            var bobs = StoredMcp.of(bob, server).id;
            fails();
            var id = stored();
            IntStream.range(0, 11).forEach(_ -> call(alice, id));
            call(alice, id).statusCode(503);

            call(bob, bobs).statusCode(502);
            call(alice, stored()).statusCode(502);
        }

        @Test
        void doesNotMindWhatAToolSays() {
            server.on("tools/call", (request, message) -> server.error(request, message, -32602));
            var id = stored();

            IntStream.range(0, 12).forEach(_ -> call(alice, id).statusCode(400));
        }
    }

    @Nested
    class Pause {
        private void asksFor(String retryAfter) {
            server.on(
                    "tools/call",
                    (request, _) -> request.response()
                            .setStatusCode(429)
                            .putHeader("Retry-After", retryAfter)
                            .end());
        }

        @Test
        void isKeptWhenAServerAsksForOne() {
            asksFor("6");
            var id = stored();

            call(alice, id)
                    .statusCode(429)
                    .contentType("application/problem+json")
                    .body("code", equalTo("mcp-server-busy"))
                    .header("Retry-After", "6");
            call(alice, id)
                    .statusCode(429)
                    .body("code", equalTo("too-many-requests"))
                    .header("Retry-After", notNullValue());
            assertThat(server.count("tools/call")).isOne();
            assertThat(counted("mcp_tool_calls_refused_total{reason=\"paused\""))
                    .isPositive();
            call(alice, stored()).statusCode(429);

            server.on("tools/call", (request, message) -> server.result(request, message, FakeMcpServer.text("back")));
            comesBack(id);
        }

        @Test
        void isNoLongerThanTheLongest() {
            asksFor("86400");
            var id = stored();
            call(alice, id).statusCode(429).header("Retry-After", "3600");
            server.on("tools/call", (request, message) -> server.result(request, message, FakeMcpServer.text("back")));

            comesBack(id);
        }

        @Test
        void isNoReasonToCallTwice() {
            annotated("{\"idempotentHint\":true}");
            asksFor("1");

            call(alice, stored()).statusCode(429);

            assertThat(server.count("tools/call")).isOne();
        }
    }

    @Nested
    class Bulkhead {
        @Test
        void letsSoManyCallsOverAConnectionAtOnce() throws Exception {
            var held = new CopyOnWriteArrayList<Runnable>();
            server.on(
                    "tools/call",
                    (request, message) -> held.add(() -> server.result(request, message, FakeMcpServer.text("late"))));
            var id = stored();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = IntStream.range(0, 5)
                        .mapToObj(_ -> CompletableFuture.supplyAsync(
                                () -> call(alice, id).extract().statusCode(), threads))
                        .toList();
                await().until(() ->
                        calls.stream().filter(CompletableFuture::isDone).count() == 2);
                var other = stored();
                server.on("tools/call", (request, message) -> server.result(request, message, FakeMcpServer.text("x")));
                call(alice, other).statusCode(200);

                while (!calls.stream().allMatch(CompletableFuture::isDone)) {
                    held.forEach(answer -> server.vertx().runOnContext(_ -> answer.run()));
                    held.clear();
                    Thread.sleep(Duration.ofMillis(20));
                }
                assertThat(calls.stream().map(CompletableFuture::join).toList())
                        .containsExactlyInAnyOrder(200, 200, 200, 429, 429);
            }
        }
    }

    @Nested
    class Rates {
        @Test
        void holdOneClientOfOneUser() {
            var id = stored();
            var answers = IntStream.range(0, 40).mapToObj(_ -> call(alice, id)).toList();

            assertThat(answers.subList(0, 30))
                    .extracting(answer -> answer.extract().statusCode())
                    .containsOnly(200);
            // Whichever it is: another call is let through each second.
            assertThat(answers)
                    .filteredOn(answer -> answer.extract().statusCode() == 429)
                    .isNotEmpty()
                    .allSatisfy(refused ->
                            refused.body("code", equalTo("too-many-requests")).header("Retry-After", "1"));
            var bob = UUID.randomUUID();
            call(bob, StoredMcp.of(bob, server).id).statusCode(200);
        }
    }

    @Nested
    class Repetition {
        private final AtomicInteger calls = new AtomicInteger();

        private void breaksOffTheFirst() {
            server.on("tools/call", (HttpServerRequest request, JsonObject message) -> {
                if (calls.incrementAndGet() == 1) {
                    request.connection().close();
                } else {
                    server.result(request, message, FakeMcpServer.text("second"));
                }
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"idempotentHint\":true}", "{\"readOnlyHint\":true}"})
        void isForToolsThatMayBeCalledTwice(String annotations) {
            annotated(annotations);
            breaksOffTheFirst();
            var before = counted("mcp_tool_calls_repeated_total");

            call(alice, stored()).statusCode(200).body("data.text", equalTo("second"));

            assertThat(calls).hasValue(2);
            assertThat(counted("mcp_tool_calls_repeated_total")).isEqualTo(before + 1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"idempotentHint\":false}",
                    "{\"idempotentHint\":\"true\"}",
                    "{\"destructiveHint\":false}"
                })
        void isForNoOther(String annotations) {
            annotated(annotations);
            breaksOffTheFirst();

            call(alice, stored()).statusCode(502).body("code", equalTo("mcp-server-unreachable"));

            assertThat(calls).hasValue(1);
        }

        @Test
        void isNotForACallThatWasAnswered() {
            annotated("{\"idempotentHint\":true}");
            server.on("tools/call", (request, _) -> {
                calls.incrementAndGet();
                request.response().setStatusCode(500).end();
            });

            call(alice, stored()).statusCode(502).body("code", equalTo("mcp-server-failing"));

            assertThat(calls).hasValue(1);
        }

        @Test
        void isMadeOnce() {
            annotated("{\"idempotentHint\":true}");
            server.on("tools/call", (request, _) -> {
                calls.incrementAndGet();
                request.connection().close();
            });

            call(alice, stored()).statusCode(502);

            assertThat(calls).hasValue(2);
        }

        @Test
        void isNotForACallThatTookTooLong() {
            annotated("{\"idempotentHint\":true}");
            server.on("tools/call", (_, _) -> calls.incrementAndGet());
            var slow = StoredMcp.of(
                    alice, new JsonObject().put("server_url", server.url()).put("timeout", 300));

            call(alice, slow.id).statusCode(504);

            assertThat(calls).hasValue(1);
        }
    }

    private static double counted(String metric) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
