package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.DebugLines;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class DebugLinesTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final String CANARY = "Canary-7f3a";

    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellMethodRevisionAndEndOfACallAndNoSecret() {
        server.on(
                "tools/call",
                (request, message) -> server.send(
                        request.response(),
                        "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id")
                                + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + CANARY + "\"}]}}"));
        var connection = StoredMcp.of(
                ALICE,
                new JsonObject()
                        .put("server_url", server.url())
                        .put("auth_type", "bearer")
                        .put("bearer_token", CANARY)
                        .put("headers", new JsonObject().put("X-Own", CANARY)));

        try (var logged = new DebugLines()) {
            ToolCalls.call(ALICE, connection.id, "echo", "{\"parameters\":{\"path\":\"" + CANARY + "\"}}")
                    .statusCode(200);

            assertThat(logged.lines())
                    .anyMatch(line -> line.matches("tools/list by 20[0-9-]+: answered after [0-9]+ ms"))
                    .anyMatch(line -> line.matches("tools/call by 20[0-9-]+: answered after [0-9]+ ms"))
                    .anyMatch(line -> line.matches("POST http://.* answered 200 after [0-9]+ ms"))
                    .noneMatch(line -> line.contains(CANARY));
        }
    }
}
