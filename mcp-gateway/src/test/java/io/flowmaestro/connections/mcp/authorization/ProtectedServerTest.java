package io.flowmaestro.connections.mcp.authorization;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that wants OAuth tokens, of which the broker has the newest. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ProtectedServerTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();
    private final AtomicInteger carriedOut = new AtomicInteger();
    private volatile String accepted = "good-at";

    @AfterEach
    void stop() {
        server.close();
    }

    private StoredMcp stored(String accessToken, Duration left) {
        protect();
        return StoredMcp.of(
                ALICE,
                new JsonObject()
                        .put("server_url", server.url())
                        .put("auth_type", "oauth2")
                        .put("access_token", accessToken)
                        .put("refresh_token", "secret-rt")
                        .put("scope", new JsonArray().add("files:read"))
                        .put("granted_at", 1_700_000_000_000L)
                        .put("expires_at", Instant.now().plus(left).toEpochMilli())
                        .put("authorization", new JsonObject().put("client", new JsonObject().put("secret", "s"))));
    }

    private StoredMcp stored(String accessToken) {
        return stored(accessToken, Duration.ofHours(1));
    }

    /** Every request needs the token that counts at that moment. */
    private void protect() {
        server.sessions();
        guarded("initialize");
        guarded("tools/list");
        guarded("tools/call");
    }

    private void guarded(String method) {
        var answer = switch (method) {
            case "tools/list" ->
                (FakeMcpServer.Script)
                        (request, message) -> server.result(request, message, FakeMcpServer.tools("echo"));
            case "tools/call" ->
                (FakeMcpServer.Script) (request, message) -> {
                    carriedOut.incrementAndGet();
                    server.result(request, message, FakeMcpServer.text("called"));
                };
            default ->
                (FakeMcpServer.Script) (request, message) -> {
                    server.sessions.add("the-session");
                    request.response().putHeader("Mcp-Session-Id", "the-session");
                    server.result(
                            request,
                            message,
                            new JsonObject()
                                    .put("protocolVersion", "2025-11-25")
                                    .put("serverInfo", new JsonObject().put("name", "f"))
                                    .put("capabilities", new JsonObject().put("tools", new JsonObject())));
                };
        };
        server.on(method, (request, message) -> {
            if (("Bearer " + accepted).equals(request.getHeader("Authorization"))) {
                answer.answer(request, message);
            } else {
                challenge(request, 401, "error=\"invalid_token\"");
            }
        });
    }

    private static void challenge(HttpServerRequest request, int status, String parameters) {
        request.response()
                .setStatusCode(status)
                .putHeader("WWW-Authenticate", "Bearer " + parameters)
                .end();
    }

    private static void broker(StoredMcp stored, ResponseDefinitionBuilder answer) {
        Peers.wiremock().register(post(path(stored)).willReturn(answer));
    }

    private static ResponseDefinitionBuilder token(String value) {
        return okJson(
                "{\"success\":true,\"data\":{\"access_token\":\"%s\",\"expires_at\":null,\"credential_version\":2,\"scope\":[\"files:read\"]}}"
                        .formatted(value));
    }

    private static String path(StoredMcp stored) {
        return "/internal/connections/" + stored.id + "/access-token";
    }

    private static List<LoggedRequest> asked(StoredMcp stored) {
        return Peers.wiremock().find(postRequestedFor(urlEqualTo(path(stored))));
    }

    private static ValidatableResponse call(StoredMcp stored) {
        return given().auth()
                .oauth2(Tokens.user(ALICE))
                .contentType("application/json")
                .body("{\"parameters\":{}}")
                .post("/api/mcp/{id}/tools/echo", stored.id)
                .then();
    }

    @Nested
    class GoodTokens {

        @Test
        void areSentAsTheyAreAndNobodyIsAskedForAnother() {
            var stored = stored("good-at");
            call(stored).statusCode(200);
            assertThat(server.last("tools/call").headers().getAll("Authorization"))
                    .containsExactly("Bearer good-at");
            assertThat(asked(stored)).isEmpty();
        }

        @Test
        void areAskedForBeforeACallWhenTheStoredOneEnds() {
            var stored = stored("old-at", Duration.ofSeconds(10));
            broker(stored, token("good-at"));
            call(stored).statusCode(200);
            assertThat(server.seen)
                    .noneMatch(seen -> "Bearer old-at".equals(seen.headers().get("Authorization")));
            assertThat(asked(stored)).singleElement().satisfies(request -> {
                assertThat(request.getHeader("X-On-Behalf-Of")).isEqualTo(ALICE.toString());
                assertThat(request.getBodyAsString()).isEqualTo("{}");
            });
        }

        @Test
        void thatEndSoonAreUsedWhileTheBrokerIsAway() {
            var stored = stored("good-at", Duration.ofSeconds(10));
            broker(stored, aResponse().withStatus(503));
            call(stored).statusCode(200);
        }

        @Test
        void areMissedWhenTheyHaveEndedAndTheBrokerIsAway() {
            var stored = stored("old-at", Duration.ofSeconds(-10));
            broker(stored, aResponse().withStatus(503));
            call(stored).statusCode(503).body("code", is("service-unavailable"));
        }

        @Test
        void thatCannotBeRenewedAskForAReconnect() {
            var stored = stored("old-at", Duration.ofSeconds(-10));
            broker(stored, aResponse().withStatus(409));
            call(stored)
                    .statusCode(409)
                    .body("code", is("connection-not-active"))
                    .body("detail", containsString("/api/oauth/mcp/authorize"));
        }
    }

    @Nested
    class RefusedTokens {

        @Test
        void areRenewedOnceAndTheRequestIsMadeAgain() {
            var stored = stored("old-at");
            broker(stored, token("good-at"));
            call(stored).statusCode(200).body("data.text", is("called"));
            assertThat(asked(stored))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).isEqualTo("{\"refused_version\":1}"));
            assertThat(carriedOut).hasValue(1);
        }

        @Test
        void inMidSessionCostOneMoreRequestAndNoSecondCall() {
            var stored = stored("good-at");
            call(stored).statusCode(200);
            accepted = "next-at";
            broker(stored, token("next-at"));
            call(stored).statusCode(200);
            assertThat(carriedOut).hasValue(2);
            assertThat(server.count("initialize")).isEqualTo(1);
            assertThat(server.count("tools/call")).isEqualTo(3);
        }

        @Test
        void thatWereRenewedGoOnInTheSameSession() {
            var stored = stored("good-at");
            call(stored).statusCode(200);
            stored.with("credential_generation", 2);
            call(stored).statusCode(200);
            assertThat(server.count("initialize")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"still-bad", ""})
        void areSaidToNeedAReconnectWhereRenewingDoesNotHelp(String next) {
            var stored = stored("old-at");
            broker(stored, next.isEmpty() ? aResponse().withStatus(409) : token(next));
            call(stored)
                    .statusCode(502)
                    .body("code", is("mcp-server-unauthorized"))
                    .body("detail", containsString("reconnect"));
            assertThat(asked(stored)).hasSize(1);
            assertThat(carriedOut).hasValue(0);
        }

        @Test
        void areNoFaultOfTheConnectionWhileTheBrokerIsAway() {
            var stored = stored("old-at");
            broker(stored, aResponse().withStatus(503));
            call(stored).statusCode(503).body("code", is("service-unavailable"));
        }
    }

    @Nested
    class MissingScopes {

        private StoredMcp wanting(String scopes) {
            var stored = stored("good-at");
            server.on(
                    "tools/call",
                    (request, message) ->
                            challenge(request, 403, "error=\"insufficient_scope\", scope=\"" + scopes + "\""));
            return stored;
        }

        @Test
        void areNamedWithTheWayToGetThem() {
            call(wanting("files:read files:write"))
                    .statusCode(403)
                    .body("code", is("mcp-scope-insufficient"))
                    .body("scopes", contains("files:read", "files:write"))
                    .body("detail", containsString("connection_id"));
        }

        @Test
        void areNoneWhereTheTokenHasAllThatAreWanted() {
            call(wanting("files:read")).statusCode(502).body("code", is("mcp-server-unauthorized"));
        }

        @Test
        void areToldToMcpClientsToo() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .accept("application/json, text/event-stream")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", "tools/call")
                    .header("Mcp-Name", "echo")
                    .body("""
                            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{},"_meta":{
                             "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                             "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},
                             "io.modelcontextprotocol/clientCapabilities":{}}}}""")
                    .post("/mcp/{id}", wanting("files:write").id)
                    .then()
                    .body("error.data.code", is("mcp-scope-insufficient"))
                    .body("error.data.scopes", contains("files:write"));
        }

        @Test
        void askForNoNewToken() {
            var stored = wanting("files:write");
            call(stored).statusCode(403);
            assertThat(asked(stored)).isEmpty();
        }
    }

    @Test
    void cannotBeDiscoveredBeforeTheSignIn() {
        given().auth()
                .oauth2(Tokens.user(ALICE))
                .contentType("application/json")
                .body("{\"server_url\":\"" + server.url() + "\",\"auth_type\":\"oauth2\"}")
                .post("/api/connections/mcp/discover")
                .then()
                .statusCode(400)
                .body("violations[0].message", containsString("/api/oauth/mcp/authorize"));
    }
}
