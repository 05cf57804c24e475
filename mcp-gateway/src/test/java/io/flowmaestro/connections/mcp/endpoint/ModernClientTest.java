package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.endpoint.LegacyStreamTest.event;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ModernClientTest {

    private static final String META = "io.modelcontextprotocol/";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private Client client() {
        return new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice);
    }

    private Client.Got modern(String method, JsonObject params) {
        return client().modern(method, params, new JsonObject());
    }

    private static JsonObject meta(String version) {
        return new JsonObject()
                .put(
                        "_meta",
                        new JsonObject()
                                .put(META + "protocolVersion", version)
                                .put(META + "clientCapabilities", new JsonObject()));
    }

    @Nested
    class Envelopes {
        @Test
        void mustBeThere() {
            var answer = client().with("MCP-Protocol-Version", "2026-07-28")
                    .with("Mcp-Method", "tools/list")
                    .request("tools/list", new JsonObject());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().getInteger("code")).isEqualTo(-32602);
            assertThat(answer.last().getInteger("id")).isEqualTo(1);
        }

        @Test
        void mustAgreeWithTheHeaders() {
            var missing = client().request("tools/list", meta("2026-07-28"));
            var other = client().with("MCP-Protocol-Version", "2026-07-28")
                    .with("Mcp-Method", "prompts/list")
                    .request("tools/list", meta("2026-07-28"));
            var name = client().with("MCP-Protocol-Version", "2026-07-28")
                    .with("Mcp-Method", "tools/call")
                    .with("Mcp-Name", "another")
                    .request("tools/call", echo().mergeIn(meta("2026-07-28")));

            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.error().getInteger("code")).isEqualTo(-32020);
            assertThat(other.error().getInteger("code")).isEqualTo(-32020);
            assertThat(name.error().getInteger("code")).isEqualTo(-32020);
            assertThat(server.seen).isEmpty();
        }

        /** Sessions with servers are kept by them. */
        @Test
        void declareNoMoreThanIsKept() {
            var large = meta("2026-07-28");
            large.getJsonObject("_meta")
                    .getJsonObject(META + "clientCapabilities")
                    .put("sampling", new JsonObject().put("x", "x".repeat(10_000)));
            var answer = client().with("MCP-Protocol-Version", "2026-07-28")
                    .with("Mcp-Method", "tools/list")
                    .request("tools/list", large);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().getInteger("code")).isEqualTo(-32602);
            assertThat(answer.error().getString("message")).contains("8192 bytes");
            assertThat(server.seen).isEmpty();
        }

        @Test
        void mayNameTheToolInBase64() {
            var answer = client().with("MCP-Protocol-Version", "2026-07-28")
                    .with("Mcp-Method", "tools/call")
                    .with("Mcp-Name", "=?base64?ZWNobw==?=")
                    .request("tools/call", echo().mergeIn(meta("2026-07-28")));

            assertThat(answer.result().getString("resultType")).isEqualTo("complete");
        }

        @Test
        void mustBeOfARevisionThatIsKnown() {
            var answer = client().with("MCP-Protocol-Version", "2099-01-01")
                    .with("Mcp-Method", "server/discover")
                    .request("server/discover", meta("2099-01-01"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().getInteger("code")).isEqualTo(-32022);
            assertThat(answer.error().getJsonObject("data"))
                    .isEqualTo(new JsonObject()
                            .put("supported", Client.array("2026-07-28"))
                            .put("requested", "2099-01-01"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "unknown/method"})
        void makeRemovedMethodsUnknown(String method) {
            var answer = modern(method, new JsonObject());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.error().getInteger("code")).isEqualTo(-32601);
        }
    }

    @Nested
    class Results {
        @Test
        void tellWhatTheServerIs() {
            var result = modern("server/discover", new JsonObject()).result();

            assertThat(result.getJsonArray("supportedVersions")).isEqualTo(Client.array("2026-07-28"));
            assertThat(result.getJsonObject("capabilities").fieldNames()).containsExactly("tools");
            assertThat(result.getJsonObject("_meta")
                            .getJsonObject(META + "serverInfo")
                            .getString("name"))
                    .isEqualTo("fake");
            assertThat(result.getString("resultType")).isEqualTo("complete");
        }

        @Test
        void belongToTheUserWhoseCredentialBroughtThem() {
            var result = modern("tools/list", new JsonObject()).result();

            assertThat(result.getJsonArray("tools")).hasSize(2);
            assertThat(result.getInteger("ttlMs")).isZero();
            assertThat(result.getString("cacheScope")).isEqualTo("private");
        }

        @Test
        void giveAnUnknownMethodOfTheServerItsStatus() {
            server.on("prompts/list", (request, message) -> server.error(request, message, -32601));

            assertThat(modern("prompts/list", new JsonObject()).status()).isEqualTo(404);
        }

        @Test
        void giveAMissingResourceThisRevisionsCode() {
            server.on("resources/read", (request, message) -> server.error(request, message, -32002));

            assertThat(modern("resources/read", new JsonObject().put("uri", "a:b"))
                            .error()
                            .getInteger("code"))
                    .isEqualTo(-32602);
        }

        @Test
        void leaveOutLogsThatNobodyAskedFor() {
            server.on("tools/call", (request, message) -> {
                var stream = server.stream(request);
                stream.write(event(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/message")
                        .put("params", new JsonObject().put("level", "info").put("data", "words"))));
                stream.end(event(FakeMcpServer.answer(message.getValue("id"), text("done"))));
            });

            var silent = modern("tools/call", echo());
            var logged = modern("tools/call", echo().put("_meta", new JsonObject().put(META + "logLevel", "debug")));

            assertThat(silent.isStream()).isFalse();
            assertThat(logged.messages()).hasSize(2);
        }
    }
}
