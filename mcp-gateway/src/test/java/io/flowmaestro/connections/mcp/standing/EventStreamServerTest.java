package io.flowmaestro.connections.mcp.standing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeEventServer;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class EventStreamServerTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeEventServer server = new FakeEventServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonObject settings() {
        return new JsonObject().put("server_url", server.url());
    }

    private StoredMcp stored() {
        return StoredMcp.of(ALICE, settings().put("timeout", 3000));
    }

    private static ValidatableResponse call(UUID connection) {
        return ToolCalls.call(ALICE, connection, "echo", "{}");
    }

    @Nested
    class Conversations {
        @Test
        void areOpenedAfterTheNewerRevisionsWereTried() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body(settings().encode())
                    .post("/api/connections/mcp/discover")
                    .then()
                    .statusCode(200)
                    .body("data.server_info.name", equalTo("old"))
                    .body("data.server_info.protocol_version", equalTo("2024-11-05"))
                    .body("data.tools.name", equalTo(List.of("echo", "add")));

            assertThat(server.seen.stream().map(one -> one.method() + " " + one.rpc()))
                    .containsExactly(
                            "POST server/discover",
                            "POST initialize",
                            "GET ",
                            "POST initialize",
                            "POST notifications/initialized",
                            "POST tools/list");
            await().until(() -> server.streams.getFirst().closed());
        }

        @Test
        void areKeptForAllCallsOfAConnection() {
            var id = stored().id;
            call(id).statusCode(200).body("data.text", equalTo("called"));
            call(id).statusCode(200);

            assertThat(server.streams).hasSize(1);
        }

        @Test
        void areOpenedAnewWhenTheStreamHasEnded() {
            var id = stored().id;
            call(id).statusCode(200);
            server.streams.getFirst().end();
            await().until(() -> server.streams.getFirst().ended());

            await().untilAsserted(() -> {
                call(id).statusCode(200);
                assertThat(server.streams).hasSize(2);
            });
        }

        @Test
        void areOpenedAnewOnceWhenTheServerForgotThem() {
            var id = stored().id;
            call(id).statusCode(200);
            server.accepted = 404;

            call(id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.streams).hasSize(2);
            assertThat(server.count("tools/call")).isEqualTo(2);
        }

        @Test
        void carryTheCredentialOnEveryRequest() {
            var stored =
                    StoredMcp.of(ALICE, settings().put("auth_type", "bearer").put("bearer_token", "t-1"));
            call(stored.id).statusCode(200);

            assertThat(server.seen)
                    .isNotEmpty()
                    .allMatch(one -> "Bearer t-1".equals(one.headers().get("Authorization")));
        }
    }

    @Nested
    class Endpoint {
        @Test
        void onAnotherHostIsNeverCalled() {
            try (var other = new FakeMcpServer()) {
                server.endpoint = other.url();

                call(stored().id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
                assertThat(other.seen).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://169.254.169.254/latest/meta-data/",
                    "//169.254.169.254/",
                    "https://127.0.0.1/messages",
                    "file:///etc/passwd",
                    "http://user@127.0.0.1/messages",
                    "http://[::1",
                    "\\\\127.0.0.1\\x"
                })
        void thatIsNoAddressOfTheServersOwnIsRefused(String endpoint) {
            server.endpoint = endpoint;

            call(stored().id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("initialize")).isOne();
        }

        @Test
        void thatNeverComesIsATimeout() {
            server.endpoint = "";

            call(StoredMcp.of(ALICE, settings().put("timeout", 500)).id)
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"));
            await().until(() -> server.streams.getFirst().closed());
        }
    }

    @Nested
    class Answers {
        @Test
        void findTheirCallersInAnyOrder() {
            var held = new CopyOnWriteArrayList<JsonObject>();
            server.on("tools/call", (stream, message) -> {
                held.add(message);
                if (held.size() == 3) {
                    held.reversed()
                            .forEach(one -> FakeEventServer.result(stream, one, FakeMcpServer.text(argument(one))));
                }
            });
            var id = stored().id;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = List.of("a", "b", "c").stream()
                        .map(name -> CompletableFuture.supplyAsync(() -> textFor(id, name), threads))
                        .toList();

                assertThat(calls.stream().map(CompletableFuture::join)).containsExactly("a", "b", "c");
            }
        }

        private static String textFor(UUID id, String name) {
            return ToolCalls.call(ALICE, id, "echo", "{\"parameters\":{\"path\":\"" + name + "\"}}")
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getString("data.text");
        }

        private static String argument(JsonObject message) {
            return message.getJsonObject("params").getJsonObject("arguments").getString("path");
        }

        @Test
        void toNobodyAndSecondAnswersChangeNothing() {
            server.on("tools/call", (stream, message) -> {
                FakeEventServer.send(
                        stream,
                        FakeMcpServer.answer(99999, FakeMcpServer.text("wrong")).encode());
                FakeEventServer.send(
                        stream,
                        FakeMcpServer.answer("" + message.getValue("id"), FakeMcpServer.text("text id"))
                                .encode());
                FakeEventServer.send(stream, "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}");
                FakeEventServer.result(stream, message, FakeMcpServer.text("first"));
                FakeEventServer.result(stream, message, FakeMcpServer.text("second"));
            });
            var id = stored().id;

            call(id).statusCode(200).body("data.text", equalTo("first"));
            call(id).statusCode(200).body("data.text", equalTo("first"));
        }

        @Test
        void thatAreNoMessagesSpoilTheStream() {
            server.on("tools/call", (stream, _) -> FakeEventServer.send(stream, "nonsense"));

            call(stored().id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            await().until(() -> server.streams.getFirst().closed());
        }

        @Test
        void thatAreCutOffFailAndAreNotAskedForAgain() {
            server.on("tools/call", (stream, _) -> stream.end());

            call(stored().id).statusCode(502).body("code", equalTo("mcp-server-unreachable"));
            assertThat(server.count("tools/call")).isOne();
        }

        @Test
        void withoutEndAreCutOff() {
            server.on("tools/call", (stream, _) -> flood(stream));

            call(stored().id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        private static void flood(HttpServerResponse stream) {
            if (!stream.closed()) {
                stream.write("data: " + "x".repeat(60_000)).onSuccess(_ -> flood(stream));
            }
        }
    }

    @Test
    void learnsThatACallerHungUp() throws Exception {
        server.on("tools/call", (_, _) -> {});

        ToolCalls.hangUp(ALICE, stored().id, () -> server.count("tools/call") > 0);

        await().untilAsserted(() ->
                assertThat(server.count("notifications/cancelled")).isOne());
        assertThat(server.streams.getFirst().closed()).isFalse();
    }

    @Test
    void getsAnswersToWhatItAsks() {
        server.on("tools/call", (stream, message) -> {
            FakeEventServer.send(stream, "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
            FakeEventServer.send(stream, "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"roots/list\"}");
            server.on("", (again, reply) -> {
                if ("r".equals(reply.getValue("id"))) {
                    FakeEventServer.result(again, message, FakeMcpServer.text("answered"));
                }
            });
        });

        call(stored().id).statusCode(200).body("data.text", equalTo("answered"));
        assertThat(server.seen.stream().map(one -> one.message().encode()))
                .contains("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}")
                .anyMatch(reply -> reply.contains("\"id\":\"r\"") && reply.contains("-32601"));
    }
}
