package io.flowmaestro.connections.mcp.discovery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class OfferResourceTest {

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @BeforeEach
    void offerEverything() {
        server.on("initialize", (request, message) -> {
            server.sessions.add("offering");
            request.response().putHeader("Mcp-Session-Id", "offering");
            server.result(
                    request,
                    message,
                    new JsonObject()
                            .put("protocolVersion", "2025-11-25")
                            .put(
                                    "capabilities",
                                    new JsonObject()
                                            .put("tools", new JsonObject())
                                            .put("prompts", new JsonObject())
                                            .put("resources", new JsonObject())));
        });
        server.on("prompts/list", (request, message) -> {
            var second = message.getJsonObject("params").containsKey("cursor");
            var page = list("prompts", new JsonObject().put("name", second ? "farewell" : "greeting"));
            server.result(request, message, second ? page : page.put("nextCursor", "2"));
        });
        lists("resources/list", "resources", new JsonObject().put("uri", "a:b").put("x", 1.50));
        lists("resources/templates/list", "resourceTemplates", new JsonObject().put("uriTemplate", "a:{b}"));
    }

    private void lists(String method, String list, JsonObject entry) {
        server.on(method, (request, message) -> server.result(request, message, list(list, entry)));
    }

    private static JsonObject list(String list, JsonObject entry) {
        return new JsonObject().put(list, new JsonArray().add(entry));
    }

    private ValidatableResponse get(UUID connection, String list) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", alice)
                .get("/api/mcp/{id}/{list}", connection, list)
                .then();
    }

    private ValidatableResponse discover() {
        return given().auth()
                .oauth2(Tokens.user(alice))
                .contentType("application/json")
                .body(new JsonObject().put("server_url", server.url()).encode())
                .post("/api/connections/mcp/discover")
                .then();
    }

    @Test
    void listsWhatTheServerOffersPageByPage() {
        var connection = StoredMcp.of(alice, server).id;

        get(connection, "prompts").statusCode(200).body("data.name", contains("greeting", "farewell"));
        get(connection, "resources").statusCode(200).body("data.uri", contains("a:b"));
        get(connection, "resource-templates").statusCode(200).body("data.uriTemplate", contains("a:{b}"));
    }

    @Test
    void isInTheAnswerToDiscovery() {
        discover()
                .statusCode(200)
                .body("data.tools", hasSize(2))
                .body("data.prompts.name", contains("greeting", "farewell"))
                .body("data.resources.uri", contains("a:b"))
                .body("data.resource_templates.uriTemplate", contains("a:{b}"));
    }

    @Test
    void isEmptyWhereTheServerRefusesToList() {
        server.on("prompts/list", (request, message) -> server.error(request, message, -32601));

        discover().statusCode(200).body("data.prompts", hasSize(0)).body("data.resources", hasSize(1));
        get(StoredMcp.of(alice, server).id, "prompts").statusCode(502).body("code", equalTo("mcp-server-error"));
    }

    @Test
    void isNotAskedForWhereTheServerOffersNone() {
        server.sessions();

        discover().statusCode(200).body("data.prompts", hasSize(0)).body("data.resource_templates", hasSize(0));
        assertThat(server.count("prompts/list")).isZero();
    }

    @Test
    void hidesAnotherUsersConnectionAsMissing() {
        get(StoredMcp.of(UUID.randomUUID(), server).id, "prompts")
                .statusCode(404)
                .body("code", equalTo("connection-not-found"));
    }

    @Test
    void boundsWhatAServerLists() {
        var prompts = new JsonArray();
        for (int i = 0; i < 2_100; i++) {
            prompts.add(new JsonObject().put("name", "prompt-" + i));
        }
        server.on(
                "prompts/list",
                (request, message) -> server.result(request, message, new JsonObject().put("prompts", prompts)));

        get(StoredMcp.of(alice, server).id, "prompts").statusCode(502).body("code", equalTo("mcp-protocol-error"));
    }
}
