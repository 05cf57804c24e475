package io.flowmaestro.connections.mcp.stateless;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StatelessScripts;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class StatelessServerTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final String META = "io.modelcontextprotocol/";

    private final FakeMcpServer server = StatelessScripts.on(new FakeMcpServer());

    @AfterEach
    void stop() {
        server.close();
    }

    private ValidatableResponse call(UUID connection, String parameters) {
        return ToolCalls.call(ALICE, connection, "echo", "{\"parameters\":" + parameters + "}");
    }

    private ValidatableResponse call() {
        return call(StoredMcp.of(ALICE, server).id, "{\"path\":\"/a\"}");
    }

    private static JsonObject params(FakeMcpServer.Seen seen) {
        return seen.message().getJsonObject("params");
    }

    @Nested
    class Discovery {
        @Test
        void showsTheServerAndItsTools() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body(new JsonObject().put("server_url", server.url()).encode())
                    .post("/api/connections/mcp/discover")
                    .then()
                    .statusCode(200)
                    .body("data.server_info.name", equalTo("modern"))
                    .body("data.server_info.protocol_version", equalTo("2026-07-28"))
                    .body("data.tools.name", equalTo(List.of("echo", "add")));
            assertThat(server.seen.stream().map(FakeMcpServer.Seen::rpc))
                    .containsExactly("server/discover", "tools/list");
        }

        @Test
        void takesARevisionAgainThatWasRefusedAndIsSupported() {
            server.on("server/discover", (request, message) -> {
                if (server.count("server/discover") == 1) {
                    StatelessScripts.unsupported(request, message, "2026-07-28");
                } else {
                    StatelessScripts.discover(server, request, message);
                }
            });

            call().statusCode(200);
            assertThat(server.count("initialize")).isZero();
        }

        @Test
        void goesOnInSessionsWithAServerThatSupportsThoseAlone() {
            server.sessions()
                    .on(
                            "server/discover",
                            (request, message) -> StatelessScripts.unsupported(request, message, "2025-11-25"));

            call().statusCode(200);
            assertThat(server.count("initialize")).isOne();
        }

        @Test
        void isMadeOnceForAllCalls() {
            var id = StoredMcp.of(ALICE, server).id;
            call(id, "{}").statusCode(200);
            call(id, "{}").statusCode(200);

            assertThat(server.count("server/discover")).isOne();
            assertThat(server.count("tools/list")).isOne();
        }
    }

    @Nested
    class Requests {
        @Test
        void describeThemselvesInBodyAndHeaders() {
            call().statusCode(200).body("data.text", equalTo("called"));

            assertThat(server.seen).hasSize(3).allSatisfy(one -> {
                var meta = params(one).getJsonObject("_meta");
                assertThat(meta.getString(META + "protocolVersion")).isEqualTo("2026-07-28");
                assertThat(meta.getJsonObject(META + "clientInfo").getString("name"))
                        .isEqualTo("flowmaestro-connections");
                assertThat(meta.getJsonObject(META + "clientCapabilities")).isEqualTo(new JsonObject());
                assertThat(one.headers().get("MCP-Protocol-Version")).isEqualTo("2026-07-28");
                assertThat(one.headers().get("Mcp-Method")).isEqualTo(one.rpc());
                assertThat(one.headers().contains("Mcp-Session-Id")).isFalse();
            });
            assertThat(server.last("tools/call").headers().get("Mcp-Name")).isEqualTo("echo");
            assertThat(server.last("tools/list").headers().contains("Mcp-Name")).isFalse();
        }

        @Test
        void belongToTheTraceOfTheirCaller() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .contentType("application/json")
                    .body("{\"parameters\":{}}")
                    .post("/api/mcp/{id}/tools/echo", StoredMcp.of(ALICE, server).id)
                    .then()
                    .statusCode(200);

            assertThat(server.seen)
                    .hasSize(3)
                    .allSatisfy(
                            one -> assertThat(params(one).getJsonObject("_meta").getString("traceparent"))
                                    .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-0[01]"));
        }

        @Test
        void mirrorTheParametersThatTheSchemaNames() {
            server.on("tools/list", (request, message) -> server.result(request, message, annotated("Region")));

            call(StoredMcp.of(ALICE, server).id, "{\"region\":\"eu\\r\\nX-Evil: 1\"}")
                    .statusCode(200);

            var headers = server.last("tools/call").headers();
            assertThat(headers.get("Mcp-Param-Region")).isEqualTo("=?base64?ZXUNClgtRXZpbDogMQ==?=");
            assertThat(headers.contains("X-Evil")).isFalse();
        }

        @Test
        void areRepeatedOnceWithTheHeadersThatTheServerMisses() {
            server.on(
                            "tools/list",
                            (request, message) -> server.result(
                                    request, message, annotated(server.count("tools/list") == 1 ? "Old" : "New")))
                    .on("tools/call", (request, message) -> {
                        if (request.getHeader("Mcp-Param-New") == null) {
                            StatelessScripts.refuse(request, message, 400, -32020);
                        } else {
                            server.result(request, message, FakeMcpServer.text("mirrored"));
                        }
                    });

            call(StoredMcp.of(ALICE, server).id, "{\"region\":\"eu\"}")
                    .statusCode(200)
                    .body("data.text", equalTo("mirrored"));
            assertThat(server.count("tools/call")).isEqualTo(2);
        }

        @Test
        void areNotRepeatedWithoutEnd() {
            server.on("tools/call", (request, message) -> StatelessScripts.refuse(request, message, 400, -32020));

            call().statusCode(502).body("code", equalTo("mcp-server-error"));
            assertThat(server.count("tools/call")).isEqualTo(2);
        }

        @Test
        void forAToolWithImpossibleAnnotationsAreNotMade() {
            server.on("tools/list", (request, message) -> server.result(request, message, annotated("Not A Name")));

            call().statusCode(404).body("code", equalTo("tool-not-found"));
            assertThat(server.count("tools/call")).isZero();
        }

        @Test
        void thatTheServerDoesNotKnowAreItsErrors() {
            server.on("tools/call", (request, message) -> StatelessScripts.refuse(request, message, 404, -32601));

            call().statusCode(502).body("code", equalTo("mcp-server-error")).body("detail", containsString("-32601"));
        }

        private JsonObject annotated(String header) {
            var region = new JsonObject().put("type", "string").put("x-mcp-header", header);
            var schema =
                    new JsonObject().put("type", "object").put("properties", new JsonObject().put("region", region));
            return new JsonObject()
                    .put(
                            "tools",
                            new JsonArray()
                                    .add(new JsonObject().put("name", "echo").put("inputSchema", schema)));
        }
    }

    @Nested
    class Input {
        @Test
        void thatNobodyCanGiveIsNamedSo() {
            server.on(
                    "tools/call",
                    (request, message) ->
                            server.result(request, message, StatelessScripts.asks("elicitation/create", "state-1")));

            call().statusCode(409)
                    .body("code", equalTo("mcp-input-required"))
                    .body("detail", containsString("elicitation/create"));
            assertThat(server.count("tools/call")).isOne();
        }

        @Test
        void ofAKindThatDoesNotExistBreaksTheProtocol() {
            server.on(
                    "tools/call",
                    (request, message) ->
                            server.result(request, message, StatelessScripts.asks("upstream/words", "s")));

            var body = call().statusCode(502)
                    .body("code", equalTo("mcp-protocol-error"))
                    .extract()
                    .asString();
            assertThat(body).doesNotContain("upstream/words");
        }

        @Test
        void thatIsOnlyStateIsSentBackExactlyAndNotWithoutEnd() {
            var state = "{\"opaque\" : 1.0}";
            server.on(
                    "tools/call",
                    (request, message) -> server.result(
                            request,
                            message,
                            new JsonObject().put("resultType", "input_required").put("requestState", state)));

            call().statusCode(502).body("code", equalTo("mcp-protocol-error"));

            assertThat(server.count("tools/call")).isEqualTo(9);
            assertThat(params(server.last("tools/call")).getString("requestState"))
                    .isEqualTo(state);
            assertThat(server.seen.stream()
                            .filter(one -> one.rpc().equals("tools/call"))
                            .map(one -> one.message().getLong("id"))
                            .distinct())
                    .hasSize(9);
        }

        @Test
        void thatTheServerMissesInTheCapabilitiesIsNamedSo() {
            server.on("tools/call", (request, message) -> StatelessScripts.refuse(request, message, 400, -32021));

            call().statusCode(409).body("code", equalTo("mcp-input-required"));
        }
    }

    @Nested
    class Changes {
        @Test
        void ofTheEraAreNoticed() {
            var id = StoredMcp.of(ALICE, server).id;
            call(id, "{}").statusCode(200);
            server.sessions();

            call(id, "{}").statusCode(200).body("data.text", equalTo("called"));
            assertThat(server.count("initialize")).isOne();
        }

        @Test
        void ofTheToolsAreReadBeforeTheNextCall() {
            var id = StoredMcp.of(ALICE, server).id;
            server.on("tools/call", (request, message) -> {
                var stream = server.stream(request);
                stream.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
                stream.end("data: "
                        + FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("called"))
                                .encode()
                        + "\n\n");
            });
            call(id, "{}").statusCode(200);
            call(id, "{}").statusCode(200);

            assertThat(server.count("tools/list")).isEqualTo(2);
        }
    }

    @Test
    void learnsThatACallerHungUpByTheEndOfTheConnection() throws Exception {
        var closed = new java.util.concurrent.CountDownLatch(1);
        server.on("tools/call", (request, _) -> request.connection().closeHandler(_ -> closed.countDown()));

        ToolCalls.hangUp(ALICE, StoredMcp.of(ALICE, server).id, () -> server.count("tools/call") > 0);

        await().untilAsserted(() -> assertThat(closed.getCount()).isZero());
    }
}
