package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.answer;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.storedMcp;
import static org.hamcrest.Matchers.contains;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class InternalToolResourceTest {

    private final UUID user = UUID.randomUUID();
    private String id = "";

    @BeforeEach
    void connect() {
        Registry.peersThatWork();
        answer("/internal/mcp/discover", 200, offers("echo"));
        id = storedMcp(user);
    }

    private static String offers(String tool) {
        return """
                {"data": {"server_info": {"name": "s"}, "capabilities": {}, "tools":
                  [{"name": "%s", "inputSchema": {"type": "object"}, "parameters": []}]}}""".formatted(tool);
    }

    private String path() {
        return "/internal/connections/" + id + "/refresh-tools";
    }

    @Test
    void storesWhatTheServerOffersNow() {
        answer("/internal/mcp/connections/" + id + "/discover", 200, offers("add"));

        service("mcp-gateway", user).post(path()).then().statusCode(204);

        as(user).get("/api/connections/{id}/tools", id)
                .then()
                .body("data.tools.name", contains("add", "echo"))
                .body("data.tools.state", contains("new", "removed"));
    }

    @Test
    void keepsWhatIsStoredWhenTheServerIsAway() {
        answer("/internal/mcp/connections/" + id + "/discover", 502, """
                {"code": "mcp-server-unreachable", "detail": "Away."}""");

        service("mcp-gateway", user).post(path()).then().statusCode(502);

        as(user).get("/api/connections/{id}/tools", id).then().body("data.tools.name", contains("echo"));
    }

    @Test
    void isForTheGatewayAloneAndForTheUsersOwnConnections() {
        broker(user).post(path()).then().statusCode(403);
        as(user).post(path()).then().statusCode(403);
        service("mcp-gateway", UUID.randomUUID()).post(path()).then().statusCode(404);
    }
}
