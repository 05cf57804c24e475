package io.flowmaestro.connections.mcp.tool;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolConnectionTest {

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
        void thatWasRevokedIsToBeReconnected() {
            call(stored().with("status", "revoked").id, "echo")
                    .body("detail", containsString("Reconnect it"))
                    .body("detail", not(containsString("Test it")));
            call(stored().with("status", "invalid").id, "echo")
                    .body("detail", containsString("Test it or reconnect it"));
        }

        @Test
        void ofSomeoneElseLooksLikeAMissingOne() {
            var foreign = ToolCalls.call(BOB, stored().id, "echo", "{}").statusCode(404);
            var missing = ToolCalls.call(BOB, UUID.randomUUID(), "echo", "{}").statusCode(404);

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
            ToolCalls.together(8, () -> call(stored.id, "echo").statusCode(200));

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
}
