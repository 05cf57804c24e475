package io.flowmaestro.connections.mcp.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.usage.UsageReports;
import io.flowmaestro.connections.usage.UsageSlot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolUsageTest {

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @Inject
    UsageReports reports;

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private StoredMcp stored() {
        return StoredMcp.of(alice, server);
    }

    private ValidatableResponse call(UUID connection, String tool) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", alice)
                .contentType("application/json")
                .body("{\"parameters\":{\"path\":\"a secret\"}}")
                .post("/api/mcp/{id}/tools/{tool}", connection, tool)
                .then();
    }

    @Nested
    class Report {
        @Test
        void ofAWorkersCallSaysWhoCalledWhat() {
            var id = stored().id;
            var before = Instant.now();
            call(id, "echo").statusCode(200);

            assertThat(UsageInbox.await(alice, 1)).singleElement().satisfies(event -> {
                assertThat(UUID.fromString(event.getString("id")).version()).isEqualTo(7);
                assertThat(event.getString("connection_id")).isEqualTo(id.toString());
                assertThat(event.getString("type")).isEqualTo("tool_called");
                assertThat(Instant.parse(event.getString("occurred_at"))).isBetween(before, Instant.now());
                assertThat(event.getString("actor")).isEqualTo("worker");
                assertThat(event.getString("via")).isEqualTo("worker");
                assertThat(event.getString("trace_id")).matches("[0-9a-f]{32}").doesNotMatch("0{32}");
                assertThat(event.getJsonObject("details"))
                        .isEqualTo(new JsonObject().put("tool", "echo").put("outcome", "ok"));
                assertThat(event.fieldNames()).hasSize(8);
            });
        }

        @Test
        void ofAUsersCallNamesTheUser() {
            given().auth()
                    .oauth2(Tokens.user(alice))
                    .contentType("application/json")
                    .body("{\"tool\":\"add\"}")
                    .post("/api/mcp/{id}/call", stored().id)
                    .then()
                    .statusCode(200);

            assertThat(UsageInbox.await(alice, 1)).singleElement().satisfies(event -> {
                assertThat(event.getString("actor")).isEqualTo(alice.toString());
                assertThat(event.getString("via")).isEqualTo("connections-ui");
            });
        }

        @Test
        void tellsAToolsErrorFromAnAnswer() {
            server.on(
                    "tools/call",
                    (request, message) -> server.result(
                            request, message, FakeMcpServer.text("a secret").put("isError", true)));
            call(stored().id, "echo").statusCode(200);

            assertThat(outcomes(1)).containsExactly("tool_error");
        }

        @ParameterizedTest
        @CsvSource({"-32602, 400", "-32603, 502"})
        void tellsACallThatFailed(int code, int status) {
            server.on("tools/call", (request, message) -> server.error(request, message, code));
            call(stored().id, "echo").statusCode(status);

            assertThat(outcomes(1)).containsExactly("failed");
        }

        @Test
        void isMadeWhenTheServerNeverAnswers() {
            server.on("tools/call", (_, _) -> {});
            var stored = StoredMcp.of(
                    alice, new JsonObject().put("server_url", server.url()).put("timeout", 300));
            call(stored.id, "echo").statusCode(504);

            assertThat(outcomes(1)).containsExactly("failed");
        }

        @Test
        void isMadeWhenTheCallerHangsUp() throws Exception {
            var called = new CountDownLatch(1);
            server.on("tools/call", (_, _) -> called.countDown());
            var request = HttpRequest.newBuilder(address.resolve("/api/mcp/" + stored().id + "/tools/echo"))
                    .header("Authorization", "Bearer " + Tokens.user(alice))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            try (var caller = HttpClient.newHttpClient()) {
                var answer = caller.sendAsync(request, HttpResponse.BodyHandlers.ofString());
                assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
                answer.cancel(true);
                caller.shutdownNow();
            }

            assertThat(outcomes(1)).containsExactly("failed");
        }

        @Test
        void isSentAgainWithTheSameIdAfterAFailure() {
            UsageInbox.answers(alice, aResponse().withStatus(503));
            call(stored().id, "echo").statusCode(200);
            UsageInbox.await(alice, 2);
            UsageInbox.answers(alice, okJson("{}"));
            UsageInbox.await(alice, 3);

            assertThat(UsageInbox.of(alice))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .extracting(event -> event.getString("id"))
                    .containsOnly(UsageInbox.of(alice).getFirst().getString("id"));
        }

        private List<String> outcomes(int events) {
            return UsageInbox.await(alice, events).stream()
                    .map(event -> event.getJsonObject("details").getString("outcome"))
                    .toList();
        }
    }

    @Nested
    class NoReport {
        @Test
        void isMadeOfACallThatDidNotReachTheServer() {
            call(UUID.randomUUID(), "echo").statusCode(404);
            call(stored().with("status", "invalid").id, "echo").statusCode(409);

            assertThat(UsageInbox.afterAFlush(alice)).isEmpty();
            assertThat(server.seen).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\u0000b", "a\nb", "\u007f", "\u0085", "\ud800", " "})
        void isMadeOfANameThatIsNone(String tool) {
            given().auth()
                    .oauth2(Tokens.user(alice))
                    .contentType("application/json")
                    .body("{\"tool\":" + escaped(tool) + "}")
                    .post("/api/mcp/{id}/call", stored().id)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"));

            assertThat(server.seen).isEmpty();
        }

        private static String escaped(String text) {
            var json = new StringBuilder("\"");
            text.chars().forEach(each -> json.append(String.format("\\u%04x", each)));
            return json.append('"').toString();
        }
    }

    @Nested
    class FullBuffer {
        @Test
        void refusesTheCallBeforeItIsMade() {
            var id = stored().id;
            var kept = new ArrayList<UsageSlot>();
            try {
                fill(kept);
                call(id, "echo")
                        .statusCode(503)
                        .body("code", equalTo("usage-buffer-full"))
                        .header("Retry-After", notNullValue());
                assertThat(server.seen).isEmpty();
            } finally {
                kept.forEach(UsageSlot::release);
            }

            call(id, "echo").statusCode(200);
        }

        @Test
        void isNotWhatCallsLeaveBehind() {
            var missing = UUID.randomUUID();
            call(missing, "echo").statusCode(404);
            call(stored().id, "echo").statusCode(200);
            UsageInbox.await(alice, 1);

            var end = Instant.now().plus(Duration.ofSeconds(5));
            while (buffered() > 0 && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            assertThat(buffered()).isZero();
        }

        private static double buffered() {
            var line = given().get("/q/metrics")
                    .asString()
                    .lines()
                    .filter(each -> each.startsWith("connections_usage_buffered"))
                    .findFirst()
                    .orElseThrow();
            return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
        }

        private void fill(List<UsageSlot> kept) {
            try {
                while (kept.size() < 100_000) {
                    kept.add(reports.reserve());
                }
            } catch (ProblemException full) {
                assertThat(kept).isNotEmpty();
            }
        }
    }
}
