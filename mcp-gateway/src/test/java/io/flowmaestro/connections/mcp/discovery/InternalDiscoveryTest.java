package io.flowmaestro.connections.mcp.discovery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class InternalDiscoveryTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonObject request() {
        return new JsonObject().put("server_url", server.url());
    }

    @Nested
    class Internal {
        private ValidatableResponse post(String token, UUID user, String path, JsonObject body) {
            return given().auth()
                    .oauth2(token)
                    .header("X-On-Behalf-Of", user)
                    .contentType("application/json")
                    .body(body.encode())
                    .post(path)
                    .then();
        }

        @Test
        void givesServicesTheSameForAServerThatIsNotStored() {
            post(Tokens.service("connection-registry"), ALICE, "/internal/mcp/discover", request())
                    .statusCode(200)
                    .body("data.tools", hasSize(2));
        }

        @Test
        void loadsAStoredConnectionItself() {
            var stored = StoredMcp.of(
                    ALICE,
                    request()
                            .put("auth_type", "bearer")
                            .put("bearer_token", "kept-secret")
                            .put("unknown", 1));

            post(
                            Tokens.service("connection-registry"),
                            ALICE,
                            "/internal/mcp/connections/" + stored.id + "/discover",
                            new JsonObject())
                    .statusCode(200)
                    .body("data.tools[1].name", equalTo("add"))
                    .body("data.tools[1].parameters", hasSize(1));
            assertThat(server.seen)
                    .isNotEmpty()
                    .allMatch(one -> "Bearer kept-secret".equals(one.headers().get("Authorization")));
        }

        private ValidatableResponse test(StoredMcp stored) {
            return post(
                    Tokens.service("connection-registry"),
                    ALICE,
                    "/internal/mcp/connections/" + stored.id + "/discover",
                    new JsonObject());
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid", "expired"})
        void testsAConnectionThatHasStoppedWorking(String status) {
            var stored = StoredMcp.of(ALICE, server).with("status", status).with("test_due", true);

            test(stored)
                    .statusCode(200)
                    .body("data.server_info.name", equalTo("fake"))
                    .body("data.server_info.version", equalTo("1.2.3"))
                    .body("data.server_info.protocol_version", equalTo("2025-11-25"));
            assertThat(stored.testsAskedFor()).isZero();
        }

        @Test
        void doesNotTestARevokedConnection() {
            test(StoredMcp.of(ALICE, server).with("status", "revoked"))
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"));
            assertThat(server.seen).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "401, 502, mcp-server-unauthorized",
            "403, 502, mcp-server-unauthorized",
            "404, 502, mcp-protocol-error",
            "429, 429, mcp-server-busy",
            "500, 502, mcp-server-failing"
        })
        void tellsARefusedCredentialFromEverythingElse(int answered, int status, String code) {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(answered).end());

            test(StoredMcp.of(ALICE, server)).statusCode(status).body("code", equalTo(code));
            post(Tokens.service("connection-registry"), ALICE, "/internal/mcp/discover", request())
                    .statusCode(status)
                    .body("code", equalTo(code));
        }

        @Test
        void noticesACredentialThatIsRefusedInAnOpenSession() {
            var stored = StoredMcp.of(ALICE, server);
            test(stored).statusCode(200);
            server.on(
                    "tools/list",
                    (request, _) -> request.response().setStatusCode(401).end());

            test(stored).statusCode(502).body("code", equalTo("mcp-server-unauthorized"));
        }

        @Test
        void takesAnErrorOnTheWayForTheServers() {
            server.on("initialize", (request, message) -> server.error(request, message, -32602));

            test(StoredMcp.of(ALICE, server)).statusCode(502).body("code", equalTo("mcp-server-error"));
        }

        @Test
        void isClosedToOtherServices() {
            var stored = StoredMcp.of(ALICE, server);
            for (var path : List.of("/internal/mcp/discover", "/internal/mcp/connections/" + stored.id + "/discover")) {
                post(Tokens.service("oauth-broker"), ALICE, path, request())
                        .statusCode(403)
                        .body("code", equalTo("peer-not-allowed"));
            }
            assertThat(server.seen).isEmpty();
        }

        @Test
        void isClosedToEveryoneElse() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body(request().encode())
                    .post("/internal/mcp/discover")
                    .then()
                    .statusCode(403);
            post(Tokens.worker(), ALICE, "/internal/mcp/discover", request()).statusCode(403);
            given().auth()
                    .oauth2(Tokens.service("connection-registry"))
                    .contentType("application/json")
                    .body(request().encode())
                    .post("/internal/mcp/discover")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("on-behalf-of-required"));
        }
    }
}
