package io.flowmaestro.connections.mcp.tool;

import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolCallResourceTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse call(UUID connection, String tool) {
        return ToolCalls.call(ALICE, connection, tool, "{\"parameters\":{\"path\":\"/a\"}}");
    }

    private StoredMcp stored() {
        return StoredMcp.of(ALICE, server);
    }

    @Nested
    class Call {
        @Test
        void passesParametersAndResultWhole() {
            var result = "{\"content\":[{\"type\":\"text\",\"text\":\"a\",\"annotations\":{\"x\":1}},"
                    + "{\"type\":\"resource_link\",\"uri\":\"file:///x\"},{\"type\":\"text\",\"text\":\"b\"}],"
                    + "\"structuredContent\":{\"exact\":1.10,\"big\":12345678901234567890.5,\"camelCase\":null},"
                    + "\"_meta\":{\"k\":[]},\"fromTheFuture\":{\"deep\":[1,2]}";
            server.on(
                    "tools/call",
                    (request, message) -> server.send(
                            request.response(),
                            "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + ",\"result\":" + result + "}}"));

            var body = ToolCalls.call(
                            ALICE, stored().id, "echo", "{\"parameters\":{\"n\":1.10,\"deep\":{\"camelCase\":[null]}}}")
                    .statusCode(200)
                    .extract()
                    .asString();

            assertThat(body).isEqualTo("{\"success\":true,\"data\":" + result + ",\"text\":\"a\\nb\"}}");
            assertThat(server.last("tools/call")
                            .message()
                            .getJsonObject("params")
                            .encode())
                    .isEqualTo("{\"name\":\"echo\",\"arguments\":{\"n\":1.10,\"deep\":{\"camelCase\":[null]}}}");
        }

        @Test
        void takesTheToolFromTheBodyToo() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body("{\"tool\":\"add\"}")
                    .post("/api/mcp/{id}/call", stored().id)
                    .then()
                    .statusCode(200)
                    .body("data.text", equalTo("called"));

            assertThat(server.last("tools/call")
                            .message()
                            .getJsonObject("params")
                            .encode())
                    .isEqualTo("{\"name\":\"add\",\"arguments\":{}}");
        }

        @Test
        void takesToolNamesWithASlash() {
            server.on("tools/list", (request, message) -> server.result(request, message, tools("files/read")));

            given().urlEncodingEnabled(false)
                    .auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/mcp/" + stored().id + "/tools/files%2Fread")
                    .then()
                    .statusCode(200);
        }

        @Test
        void passesAToolsOwnErrorAsAResult() {
            server.on(
                    "tools/call",
                    (request, message) -> server.result(
                            request, message, FakeMcpServer.text("no such file").put("isError", true)));

            call(stored().id, "echo")
                    .statusCode(200)
                    .body("success", equalTo(true))
                    .body("data.isError", equalTo(true))
                    .body("data.text", equalTo("no such file"));
        }

        @Test
        void tellsRefusedParametersFromOtherErrors() {
            server.on("tools/call", (request, message) -> server.error(request, message, -32602));
            call(stored().id, "echo").statusCode(400).body("code", equalTo("tool-parameters-refused"));

            server.on("tools/call", (request, message) -> server.error(request, message, -32603));
            call(stored().id, "echo").statusCode(502).body("code", equalTo("mcp-server-error"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{\"parameters\":[]}", "{\"parameters\":\"x\"}", "{\"parameter\":{}}", "{"})
        void refusesABodyOfAnotherShape(String body) {
            ToolCalls.call(ALICE, stored().id, "echo", body).statusCode(400);
            assertThat(server.seen).isEmpty();
        }

        @Test
        void refusesAMissingToolName() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body("{\"parameters\":{}}")
                    .post("/api/mcp/{id}/call", stored().id)
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("tool"));
        }

        @Test
        void takesParametersOf128LevelsAndNoMore() {
            ToolCalls.call(ALICE, stored().id, "echo", "{\"parameters\":" + levels(128) + "}")
                    .statusCode(200);
            assertThat(server.last("tools/call").message().encode()).contains(levels(128));

            for (int levels : List.of(129, 990, 999)) {
                ToolCalls.call(ALICE, stored().id, "echo", "{\"parameters\":" + levels(levels) + "}")
                        .statusCode(400)
                        .body("violations.field", hasItem("parameters"));
            }
        }

        private static String levels(int levels) {
            return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/html", "text/plain", "text/event-stream"})
        void answersWithJsonOrNotAtAll(String accepted) {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .accept(accepted)
                    .body("{\"tool\":\"echo\"}")
                    .post("/api/mcp/{id}/call", stored().id)
                    .then()
                    .statusCode(406)
                    .contentType("application/problem+json");
            assertThat(server.seen).isEmpty();
        }

        @Test
        void answersTheServersQuestionsInBetween() {
            server.on("tools/call", (request, message) -> {
                var stream = server.stream(request);
                stream.write("data: {\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}\n\n");
                stream.write("data: "
                        + FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("done"))
                                .encode()
                        + "\n\n");
            });

            call(stored().id, "echo").statusCode(200).body("data.text", equalTo("done"));

            await().untilAsserted(() -> assertThat(server.replies())
                    .containsExactlyInAnyOrder(
                            "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}",
                            "{\"jsonrpc\":\"2.0\",\"id\":9,"
                                    + "\"error\":{\"code\":-32601,\"message\":\"Method not supported\"}}"));
        }

        @Test
        void holdsTheConnectionsTimeout() {
            server.on("tools/call", (_, _) -> {});
            var stored = StoredMcp.of(
                    ALICE, new JsonObject().put("server_url", server.url()).put("timeout", 300));

            call(stored.id, "echo").statusCode(504).body("code", equalTo("mcp-server-timeout"));
        }
    }

    @Nested
    class Callers {
        private int status(String token, UUID onBehalfOf, UUID id) {
            var call = given().contentType("application/json").body("{}");
            if (!token.isEmpty()) {
                call.auth().oauth2(token);
            }
            if (onBehalfOf != null) {
                call.header("X-On-Behalf-Of", onBehalfOf);
            }
            return call.post("/api/mcp/{id}/tools/echo", id).statusCode();
        }

        @Test
        void areUsersForThemselvesAndWorkersForAUser() {
            var id = stored().id;

            assertThat(List.of(
                            status(Tokens.user(ALICE), null, id),
                            status(Tokens.worker(), ALICE, id),
                            status(Tokens.user(BOB), null, id),
                            status(Tokens.worker(), BOB, id),
                            status(Tokens.worker(), null, id),
                            status(Tokens.user(ALICE), ALICE, id),
                            status(Tokens.admin(), null, id),
                            status(Tokens.service("oauth-broker"), ALICE, id),
                            status(Tokens.expired(ALICE), null, id),
                            status(Tokens.otherAudience(ALICE), null, id),
                            status("", null, id)))
                    .containsExactly(200, 200, 404, 404, 400, 403, 403, 403, 401, 401, 401);
        }
    }
}
