package io.flowmaestro.connections.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PackagedService;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway as it is shipped, with the database whose changes it listens for. */
@QuarkusIntegrationTest
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "schema", value = "mcp"),
        restrictToAnnotatedClass = true)
class GatewayIT extends PackagedService {

    private static final JsonObject SCHEMA = new JsonObject("""
            {"type": "object", "required": ["path"], "properties": {"path": {"type": "string", "pattern": "^/"}}}""");

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected String guarded() {
        return "/api/connections/mcp/providers";
    }

    @Test
    void discoversAServer() {
        given().auth()
                .oauth2(Tokens.user(alice))
                .contentType("application/json")
                .body(Map.of("server_url", server.url()))
                .post("/api/connections/mcp/discover")
                .then()
                .statusCode(200)
                .body("data.server_info.name", equalTo("fake"))
                .body("data.tools", hasSize(2))
                .body("data.tools[0]._meta.kept", equalTo(true))
                .body("data.tools[0].parameters[0].name", equalTo("path"));
    }

    @Test
    void callsAToolAndTellsWhichArgumentsDoNotFit() {
        server.on("tools/list", (request, message) -> server.result(request, message, readsFiles()));
        var id = StoredMcp.of(alice, server).id;

        ToolCalls.call(alice, id, "read", "{\"parameters\":{\"path\":\"/a\"}}")
                .statusCode(200)
                .body("data.text", equalTo("called"));
        ToolCalls.call(alice, id, "read", "{\"parameters\":{\"path\":\"a\"}}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("tool-arguments-invalid"))
                .body("violations.field", contains("parameters.path"))
                .body("violations.message", contains("must match the pattern ^/"));
        assertThat(server.count("tools/call")).isOne();
    }

    @Test
    void isAnMcpServerItself() {
        given().auth()
                .oauth2(Tokens.user(alice))
                .contentType("application/json")
                .accept("application/json, text/event-stream")
                .body("""
                        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
                         "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""")
                .post("/mcp/{id}", StoredMcp.of(alice, server).id)
                .then()
                .statusCode(200)
                .body(containsString("\"protocolVersion\":\"2025-11-25\""));
    }

    @Test
    void refusesABodyOfAnotherShapeWithAProblem() {
        ToolCalls.call(alice, StoredMcp.of(alice, server).id, "echo", "{\"parameter\":{}}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation-failed"));
    }

    private static JsonObject readsFiles() {
        var tool = new JsonObject().put("name", "read").put("inputSchema", SCHEMA);
        return new JsonObject().put("tools", new JsonArray().add(tool));
    }
}
