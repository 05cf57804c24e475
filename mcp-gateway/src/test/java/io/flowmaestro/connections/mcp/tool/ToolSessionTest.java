package io.flowmaestro.connections.mcp.tool;

import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolSessionTest {

    private static final UUID ALICE = UUID.randomUUID();

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
            ToolCalls.together(12, () -> call(id, "echo").statusCode(200));

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
}
