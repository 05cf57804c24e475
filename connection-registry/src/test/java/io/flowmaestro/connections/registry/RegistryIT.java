package io.flowmaestro.connections.registry;

import static io.flowmaestro.connections.registry.Registry.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.testing.PackagedService;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry as it is shipped, on what its component tests run on. */
@QuarkusIntegrationTest
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "schema", value = "registry"))
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(ProviderFiles.class)
@QuarkusTestResource(RewrapSettings.class)
class RegistryIT extends PackagedService {

    private static final String MCP = """
            {"name": "Tools", "connection_method": "mcp", "provider": "everything",
             "data": {"server_url": "http://localhost:3100/mcp", "auth_type": "none"}}""";

    private final UUID carol = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    @Override
    protected String guarded() {
        return "/api/connections";
    }

    @Test
    void bringsItsCatalogueAlong() {
        as(carol)
                .get("/api/providers")
                .then()
                .statusCode(200)
                .body("data.key", hasItems("github", "google", "slack", "openai"))
                .body("data.find { it.key == 'github' }.methods", hasItems("oauth2", "api_key", "mcp"));
        as(carol).get("/api/connections/templates").then().statusCode(200).body("data", hasSize(greaterThan(100)));
    }

    @Test
    void keepsAConnectionThroughItsWholeLife() {
        String id = Registry.stored(carol, "openai");

        as(carol)
                .body("{\"name\": \"Renamed\", \"metadata\": {\"team\": \"red\"}}")
                .put("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.version", equalTo(2));
        as(carol)
                .queryParam("total", true)
                .get("/api/connections")
                .then()
                .statusCode(200)
                .body("pagination.total", equalTo(1))
                .body("data[0].name", equalTo("Renamed"))
                .body("data[0].metadata.team", equalTo("red"));
        as(carol).delete("/api/connections/{id}", id).then().statusCode(200);
        as(carol)
                .get("/api/connections/{id}", id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("connection-not-found"));
        as(carol)
                .get("/api/connections/{id}/events", id)
                .then()
                .statusCode(200)
                .body("data.type", hasItems("created", "updated", "deleted"));
    }

    @Test
    void keepsWhatAnMcpServerOffers() {
        as(carol)
                .body(MCP)
                .post("/api/connections")
                .then()
                .statusCode(201)
                .body("data.mcp_tools[0]._meta.x", equalTo(1))
                .body("data.mcp_tools[0].parameters[0].name", equalTo("message"))
                .body("data.metadata.server_info.protocol_version", equalTo("2025-11-25"));
    }

    @Test
    void remembersTemplatesAndExportsEvents() {
        String id = Registry.stored(carol, "openai");
        String template = as(carol)
                .body("{\"name\": \"Mine\", \"connection_ids\": [\"%s\"]}".formatted(id))
                .post("/api/connections/templates")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");

        as(carol)
                .get("/api/connections/templates/{id}", template)
                .then()
                .statusCode(200)
                .body("data.items[0].provider", equalTo("openai"));
        as(carol)
                .get("/api/connections/events/export")
                .then()
                .statusCode(200)
                .body(containsString("\"type\":\"exported\""));
    }

    @Test
    void namesTheFieldsThatDoNotFit() {
        as(carol)
                .body(
                        "{\"name\": \"\", \"connection_method\": \"api_key\", \"provider\": \"x\", \"data\": {\"password\": \"k\"}}")
                .post("/api/connections")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation-failed"))
                .body("violations.field", hasItem("data.password"));
    }
}
