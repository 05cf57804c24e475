package io.flowmaestro.connections.mcp.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeSocketServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class WebSocketServerTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeSocketServer server = new FakeSocketServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonObject settings() {
        return new JsonObject()
                .put("server_url", server.url())
                .put("protocol", "ws")
                .put("timeout", 3000);
    }

    private UUID stored() {
        return StoredMcp.of(ALICE, settings()).id;
    }

    private static ValidatableResponse call(UUID connection) {
        return ToolCalls.call(ALICE, connection, "echo", "{}");
    }

    private static String answer(JsonObject message, String text) {
        return FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text(text))
                .encode();
    }

    @Nested
    class Opening {
        @Test
        void isOneHandshakeForAllCallsWithTheCredentialInIt() {
            var id = StoredMcp.of(ALICE, settings().put("auth_type", "api_key").put("api_key", "k-1")).id;
            call(id).statusCode(200).body("data.text", equalTo("called"));
            call(id).statusCode(200);

            assertThat(server.upgrades).hasSize(1);
            assertThat(server.upgrades.getFirst().get("X-API-Key")).isEqualTo("k-1");
            assertThat(server.upgrades.getFirst().get("Sec-WebSocket-Protocol")).isEqualTo("mcp");
            assertThat(server.count("initialize")).isOne();
        }

        @ParameterizedTest
        @CsvSource({
            "401, mcp-server-unauthorized",
            "403, mcp-server-unauthorized",
            "404, mcp-protocol-error",
            "302, mcp-protocol-error",
            "503, mcp-server-failing"
        })
        void thatIsRefusedIsNamedByTheStatus(int status, String code) {
            server.refuses = status;

            call(stored()).statusCode(502).body("code", equalTo(code));
        }

        @Test
        void toAServerWithAnotherSubProtocolBreaksTheProtocol() {
            try (var other = new FakeSocketServer("graphql-ws")) {
                var settings = settings().put("server_url", other.url());

                call(StoredMcp.of(ALICE, settings).id).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            }
        }

        @Test
        void toAForbiddenAddressIsRefused() {
            var settings =
                    settings().put("server_url", "wss://169.254.169.254/mcp").put("protocol", "wss");

            call(StoredMcp.of(ALICE, settings).id).statusCode(400).body("code", equalTo("server-url-not-allowed"));
        }
    }

    @Nested
    class Messages {
        @Test
        void mayComeInPieces() {
            server.on("tools/call", (socket, message) -> {
                var whole = answer(message, "pieces");
                socket.writePing(Buffer.buffer("p"));
                socket.writeFrame(WebSocketFrame.textFrame(whole.substring(0, 5), false));
                socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(whole.substring(5, 9)), false));
                socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(whole.substring(9)), true));
            });

            call(stored()).statusCode(200).body("data.text", equalTo("pieces"));
        }

        @Test
        void mayBeLongAndNotTooLong() {
            server.on("tools/call", (socket, message) -> socket.writeTextMessage(answer(message, "x".repeat(200_000))));
            call(stored()).statusCode(200);

            server.on(
                    "tools/call", (socket, message) -> socket.writeTextMessage(answer(message, "x".repeat(4_300_000))));
            call(stored()).statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatAreNoneEndTheConnection() {
            server.on("tools/call", (socket, _) -> socket.writeTextMessage("nonsense"));

            call(stored()).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            await().until(() -> server.sockets.getFirst().isClosed());
        }

        @Test
        void thatAreBrokenOffFailAndAreNotRepeated() {
            server.on("tools/call", (socket, _) -> socket.close());
            var id = stored();

            call(id).statusCode(502).body("code", equalTo("mcp-server-unreachable"));
            assertThat(server.count("tools/call")).isOne();
            server.on("tools/call", (socket, message) -> socket.writeTextMessage(answer(message, "again")));
            call(id).statusCode(200).body("data.text", equalTo("again"));
        }

        @Test
        void thatNeverComeAreATimeoutAndTheServerIsTold() {
            server.on("tools/call", (_, _) -> {});

            call(StoredMcp.of(ALICE, settings().put("timeout", 1500)).id).statusCode(504);
            await().untilAsserted(() ->
                    assertThat(server.count("notifications/cancelled")).isOne());
        }
    }
}
