package io.flowmaestro.connections.mcp.discovery;

import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class HostileServersTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse discover(JsonObject request) {
        return given().auth()
                .oauth2(Tokens.user(ALICE))
                .contentType("application/json")
                .body(request.encode())
                .post("/api/connections/mcp/discover")
                .then();
    }

    private JsonObject request() {
        return new JsonObject().put("server_url", server.url());
    }

    @Nested
    class HostileServers {
        private ValidatableResponse discoverQuickly() {
            return discover(request().put("timeout", 1500));
        }

        @Test
        void answeringAnotherIdBreakTheProtocol() {
            server.on(
                    "tools/list",
                    (request, _) -> server.send(
                            request.response(),
                            FakeMcpServer.answer(999, tools("stolen")).encode()));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatNeverAnswerTimeOut() {
            server.on("initialize", (_, _) -> {});

            discover(request().put("timeout", 300))
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"))
                    .body("detail", not(equalTo("")));
        }

        @Test
        void thatStreamCommentsForeverAreCutOff() {
            server.on("initialize", (request, _) -> {
                var stream = server.stream(request);
                server.vertx().setPeriodic(5, timer -> {
                    if (stream.closed()) {
                        server.vertx().cancelTimer(timer);
                    } else {
                        stream.write(": still here\n\n");
                    }
                });
            });

            discover(request().put("timeout", 600)).statusCode(504);
        }

        @Test
        void thatStreamWithoutEndAreCutOff() {
            server.on("initialize", (request, _) -> {
                var stream = server.stream(request);
                stream.write("data: ");
                server.vertx().setPeriodic(1, timer -> {
                    if (stream.closed()) {
                        server.vertx().cancelTimer(timer);
                    } else if (!stream.writeQueueFull()) {
                        stream.write(Buffer.buffer(new byte[60_000]));
                    }
                });
            });

            discover(request().put("timeout", 20_000)).statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatAnswerTooMuchAreCutOff() {
            server.on(
                    "initialize",
                    (request, _) -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(Buffer.buffer(new byte[5_000_000])));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        /** Names are kept as long as a session, and one user may have many. */
        @Test
        void thatNameTheirToolsAtLengthAreCutOff() {
            server.on(
                    "tools/list", (request, message) -> server.result(request, message, tools("x".repeat(300 * 1024))));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatPageInCirclesAreCutOff() {
            server.on(
                    "tools/list",
                    (request, message) ->
                            server.result(request, message, tools("again").put("nextCursor", "same")));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/list")).isEqualTo(2);
        }

        @Test
        void thatPageWithoutEndAreCutOff() {
            server.on("tools/list", (request, message) -> {
                long page = server.count("tools/list");
                server.result(request, message, tools("t" + page).put("nextCursor", "c" + page));
            });

            discover(request()).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/list")).isEqualTo(64);
        }

        @Test
        void thatRedirectToTheMetadataAddressAreNotFollowed() {
            server.on(
                    "initialize",
                    (request, _) -> request.response()
                            .setStatusCode(307)
                            .putHeader("Location", "http://169.254.169.254/latest/meta-data/")
                            .end());

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.seen.stream().map(FakeMcpServer.Seen::rpc))
                    .containsExactly("server/discover", "initialize");
        }

        @Test
        void thatRedirectToAnotherServerAreNotFollowed() {
            try (var other = new FakeMcpServer()) {
                server.on(
                        "initialize",
                        (request, _) -> request.response()
                                .setStatusCode(308)
                                .putHeader("Location", other.url())
                                .end());

                discoverQuickly().statusCode(502);
                assertThat(other.seen).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1999-01-01", "2026-07-28", ""})
        void ofARevisionThatIsNotSupportedAreNamedSo(String version) {
            server.version = version;

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @ParameterizedTest
        @CsvSource({
            "404, mcp-protocol-error",
            "405, mcp-protocol-error",
            "400, mcp-protocol-error",
            "403, mcp-server-unauthorized",
            "418, mcp-protocol-error",
            "429, mcp-server-busy",
            "500, mcp-server-failing",
            "503, mcp-server-failing",
            "204, mcp-protocol-error",
            "200, mcp-protocol-error"
        })
        void thatAnswerWithABareStatusAreNamedByIt(int status, String code) {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(status).end());

            discoverQuickly().statusCode(status == 429 ? 429 : 502).body("code", equalTo(code));
        }

        @Test
        void thatDropTheConnectionAreUnreachable() {
            server.on("initialize", (request, _) -> request.connection().close());

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-server-unreachable"));
        }

        @Test
        void thatAreNotThereAreUnreachable() {
            server.close();

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-server-unreachable"));
        }

        @Test
        void withAnImpossibleSessionIdBreakTheProtocol() {
            server.on("initialize", (request, message) -> {
                request.response().putHeader("Mcp-Session-Id", "a b");
                server.result(request, message, new JsonObject().put("protocolVersion", "2025-11-25"));
            });

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void areNotQuoted() {
            server.on("tools/list", (request, message) -> server.error(request, message, -32000));

            var body = discoverQuickly()
                    .statusCode(502)
                    .body("code", equalTo("mcp-server-error"))
                    .extract()
                    .asString();
            assertThat(body).contains("-32000").doesNotContain("upstream words");
        }
    }
}
