package io.flowmaestro.connections.mcp.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static ValidatableResponse callAs(UUID user, UUID connection, String tool, String body) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", user)
                .contentType("application/json")
                .body(body)
                .post("/api/mcp/{id}/tools/{tool}", connection, tool)
                .then();
    }

    private static ValidatableResponse call(UUID connection, String tool) {
        return callAs(ALICE, connection, tool, "{\"parameters\":{\"path\":\"/a\"}}");
    }

    private static void together(int calls, Runnable call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = IntStream.range(0, calls)
                    .mapToObj(_ -> CompletableFuture.runAsync(call, threads))
                    .toList();
            done.forEach(CompletableFuture::join);
        }
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

            var body = callAs(
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
            callAs(ALICE, stored().id, "echo", body).statusCode(400);
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
            callAs(ALICE, stored().id, "echo", "{\"parameters\":" + levels(128) + "}")
                    .statusCode(200);
            assertThat(server.last("tools/call").message().encode()).contains(levels(128));

            for (int levels : List.of(129, 990, 999)) {
                callAs(ALICE, stored().id, "echo", "{\"parameters\":" + levels(levels) + "}")
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

            var replies = server.seen.stream()
                    .filter(one -> one.rpc().isEmpty())
                    .map(one -> one.message().encode())
                    .toList();
            assertThat(replies).hasSize(2);
            assertThat(replies.getFirst()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
            assertThat(replies.getLast()).contains("\"id\":9").contains("-32601");
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
    class Session {
        @Test
        void isOpenedOnceAndReused() {
            var id = stored().id;
            call(id, "echo").statusCode(200);
            call(id, "add").statusCode(200);

            assertThat(server.count("initialize")).isOne();
            assertThat(server.count("tools/list")).isOne();
            assertThat(server.seen.stream()
                            .filter(one -> one.rpc().equals("tools/call"))
                            .map(one -> one.message().getLong("id"))
                            .distinct())
                    .hasSize(2);
        }

        @Test
        void isOpenedOnceForCallsThatComeTogether() {
            var id = stored().id;
            together(12, () -> call(id, "echo").statusCode(200));

            assertThat(server.count("initialize")).isOne();
            assertThat(server.count("tools/call")).isEqualTo(12);
        }

        @Test
        void thatTheServerForgotIsOpenedAgainOnce() {
            var id = stored().id;
            call(id, "echo").statusCode(200);
            server.sessions.clear();

            call(id, "echo").statusCode(200).body("data.text", equalTo("called"));

            assertThat(server.count("initialize")).isEqualTo(2);
            assertThat(server.last("tools/call").headers().get("Mcp-Session-Id"))
                    .isEqualTo("session-2");
        }

        @Test
        void thatAnSdkServerForgotIsOpenedAgainToo() {
            var id = stored().id;
            call(id, "echo").statusCode(200);
            server.on("tools/call", (request, message) -> {
                if ("session-1".equals(request.getHeader("Mcp-Session-Id"))) {
                    request.response().setStatusCode(400).putHeader("Content-Type", "application/json");
                    server.send(
                            request.response(),
                            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"x\"},\"id\":null}");
                } else {
                    server.result(request, message, FakeMcpServer.text("again"));
                }
            });

            call(id, "echo").statusCode(200).body("data.text", equalTo("again"));
        }

        @Test
        void thatIsForgottenAtOnceIsNotOpenedForever() {
            server.on(
                    "tools/call",
                    (request, _) -> request.response().setStatusCode(404).end());

            call(stored().id, "echo").statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("initialize")).isEqualTo(2);
        }

        @Test
        void isNotSharedWithANewCredential() {
            var stored = stored();
            call(stored.id, "echo").statusCode(200);
            stored.with("credential_generation", 2);

            call(stored.id, "echo").statusCode(200);

            assertThat(server.count("initialize")).isEqualTo(2);
        }

        @Test
        void thatCouldNotBeOpenedIsTriedAgainTheNextTime() {
            var id = stored().id;
            server.version = "1999-01-01";
            call(id, "echo").statusCode(502);
            server.version = "2025-11-25";

            call(id, "echo").statusCode(200);
        }
    }

    @Nested
    class UnknownTool {
        @Test
        void isNamedSoAndNotCalled() {
            call(stored().id, "nope")
                    .statusCode(404)
                    .body("code", equalTo("tool-not-found"))
                    .body("detail", containsString("refresh-tools"));
            assertThat(server.count("tools/call")).isZero();
        }

        @Test
        void isLookedForAgainBecauseItMayBeNew() {
            var id = stored().id;
            call(id, "echo").statusCode(200);
            server.on("tools/list", (request, message) -> server.result(request, message, tools("echo", "newer")));

            call(id, "newer").statusCode(200);
        }
    }

    @Nested
    class Connection {
        @Test
        void ofAnotherMethodIsRefused() {
            call(stored().with("connection_method", "api_key").id, "echo")
                    .statusCode(409)
                    .body("code", equalTo("not-an-mcp-connection"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid", "expired", "revoked"})
        void thatIsNotActiveIsRefused(String status) {
            call(stored().with("status", status).with("status_reason", "the reason").id, "echo")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"))
                    .body("detail", containsString(status))
                    .body("detail", containsString("the reason"));
            assertThat(server.seen).isEmpty();
        }

        @Test
        void ofSomeoneElseLooksLikeAMissingOne() {
            var foreign = callAs(BOB, stored().id, "echo", "{}").statusCode(404);
            var missing = callAs(BOB, UUID.randomUUID(), "echo", "{}").statusCode(404);

            assertThat(comparable(foreign)).isEqualTo(comparable(missing));
            foreign.body("code", equalTo("connection-not-found"));
            assertThat(server.seen).isEmpty();
        }

        @Test
        void withSettingsThatNoLongerHoldIsNotUsable() {
            var stored = StoredMcp.of(
                    ALICE, new JsonObject().put("server_url", server.url()).put("auth_type", "oauth2"));

            call(stored.id, "echo")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-usable"))
                    .body("violations.field", hasItem("auth_type"));
        }

        @Test
        void whoseCredentialDoesNotOpenSaysSo() {
            var stored = stored();
            Peers.wiremock()
                    .register(post("/internal/decrypt")
                            .withRequestBody(
                                    matchingJsonPath("$.connection_id", WireMock.equalTo(stored.id.toString())))
                            .willReturn(aResponse().withStatus(422)));

            call(stored.id, "echo").statusCode(500).body("code", equalTo("credential-unreadable"));
        }

        @Test
        void cannotBeLookedUpWhileTheRegistryIsAway() {
            var id = UUID.randomUUID();
            Peers.wiremock()
                    .register(get("/internal/connections/" + id + "/credential")
                            .willReturn(aResponse().withStatus(503)));

            call(id, "echo")
                    .statusCode(503)
                    .body("code", equalTo("service-unavailable"))
                    .header("Retry-After", notNullValue());
        }

        private static JsonObject comparable(ValidatableResponse response) {
            var body = new JsonObject(response.extract().asString());
            body.remove("instance");
            body.remove("trace_id");
            return body;
        }
    }

    @Nested
    class TestBeforeUse {
        private static final String ACTIVE = "{\"success\":true,\"data\":{\"status\":\"active\","
                + "\"status_reason\":null,\"test_result\":{\"success\":true,\"outcome\":\"passed\"}}}";

        private StoredMcp due() {
            return stored().with("test_due", true).testedIfDue(okJson(ACTIVE));
        }

        @Test
        void isNotAskedForWhenNoneIsDue() {
            var stored = due().with("test_due", false);
            call(stored.id, "echo").statusCode(200);

            assertThat(stored.testsAskedFor()).isZero();
        }

        @Test
        void isAskedForAndTheConnectionUsedWhenItIsActive() {
            var stored = due();
            call(stored.id, "echo").statusCode(200);

            assertThat(stored.testsAskedFor()).isOne();
            assertThat(server.count("tools/call")).isOne();
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid", "expired", "revoked"})
        void refusesAConnectionThatDidNotPass(String status) {
            var stored = due().testedIfDue(okJson(new JsonObject()
                    .put("data", new JsonObject().put("status", status).put("status_reason", "the server said no"))
                    .encode()));

            call(stored.id, "echo")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"))
                    .body("detail", containsString(status))
                    .body("detail", containsString("the server said no"));
            assertThat(server.seen).isEmpty();
        }

        static Stream<ResponseDefinitionBuilder> failures() {
            return Stream.of(
                    aResponse().withStatus(503),
                    aResponse().withStatus(404),
                    aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                    aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                    okJson("{}"),
                    okJson("{\"data\":{}}"),
                    okJson("nonsense"));
        }

        @ParameterizedTest
        @MethodSource("failures")
        void thatFailsNeverKeepsAConnectionFromUse(ResponseDefinitionBuilder answer) {
            call(due().testedIfDue(answer).id, "echo").statusCode(200);
        }

        @Test
        void isAskedForOnceByCallsThatComeTogether() {
            var stored = due().testedIfDue(okJson(ACTIVE).withFixedDelay(500));
            together(8, () -> call(stored.id, "echo").statusCode(200));

            assertThat(stored.testsAskedFor()).isOne();
            assertThat(server.count("tools/call")).isEqualTo(8);
        }

        @Test
        void isNotAskedForAConnectionThatIsNotActive() {
            var stored = due().with("status", "expired");
            call(stored.id, "echo").statusCode(409);

            assertThat(stored.testsAskedFor()).isZero();
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
