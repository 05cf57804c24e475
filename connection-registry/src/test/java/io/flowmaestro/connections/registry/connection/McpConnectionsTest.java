package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class McpConnectionsTest {

    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private String mcp(String name) {
        return as(user).body("""
            {"name": "%s", "connection_method": "mcp", "provider": "everything",
             "data": {"server_url": "https://mcp.example.com/mcp", "auth_type": "none"}}\
            """.formatted(name))
                .post("/api/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void areTheUsersActiveOnesTheOldestFirst() throws SQLException {
        stored(user, "openai");
        String first = mcp("First");
        String expired = mcp("Expired");
        mcp("Second");
        update("update registry.connections set status = 'expired' where id = '" + expired + "'");

        service("mcp-gateway", user)
                .get("/internal/mcp-connections")
                .then()
                .statusCode(200)
                .body("data", hasSize(2))
                .body("data[0].size()", equalTo(2))
                .body("data[0].id", equalTo(first))
                .body("data[1].name", equalTo("Second"));
        service("mcp-gateway", UUID.randomUUID())
                .get("/internal/mcp-connections")
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
    }

    @Test
    void areForTheGatewayAlone() {
        broker(user).get("/internal/mcp-connections").then().statusCode(403);
        as(user).get("/internal/mcp-connections").then().statusCode(403);
    }
}
