package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
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
    void thatHaveAKeyInTheirAddressHideItEverywhere() throws SQLException {
        var address = "https://mcp.example.com/s/NmQ5YjA3ZTItMDFhYy00/mcp?api_key=hush-hush&mode=read";
        var shown = "https://mcp.example.com/s/***/mcp?api_key=***&mode=read";
        var body = """
            {"name": "Keyed", "connection_method": "mcp", "provider": "everything", "data": {"server_url": "%s"}}""";
        String id = as(user).body(body.formatted(address))
                .post("/api/connections")
                .then()
                .statusCode(201)
                .body("data.mcp_server_url", equalTo(shown))
                .body("data.metadata.config.server_url", equalTo(shown))
                .extract()
                .path("data.id");

        as(user).get("/api/connections").then().body("data[0].mcp_server_url", equalTo(shown));
        assertThat(sql("select to_jsonb(c) from registry.connections c where id = '" + id + "'"))
                .contains(shown)
                .doesNotContain("NmQ5YjA3ZTItMDFhYy00", "hush-hush");
        as(user).body(body.formatted(shown)).post("/api/connections").then().statusCode(400);
    }

    @Test
    void areForTheGatewayAlone() {
        broker(user).get("/internal/mcp-connections").then().statusCode(403);
        as(user).get("/internal/mcp-connections").then().statusCode(403);
    }
}
