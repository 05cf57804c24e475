package io.flowmaestro.connections.mcp.tool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.toolhash.ToolHash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolPolicyTest {

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();
    private final StoredMcp stored = StoredMcp.of(alice, server);

    @AfterEach
    void stop() {
        server.close();
    }

    private ValidatableResponse call(String tool) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", alice)
                .contentType("application/json")
                .body("{\"tool\":\"" + tool + "\"}")
                .post("/api/mcp/{id}/call", stored.id)
                .then();
    }

    private void policy(boolean requireApproval, JsonArray allowed, JsonObject approved) {
        stored.with(
                "tool_policy",
                new JsonObject()
                        .put("require_approval", requireApproval)
                        .put("allowed_tools", allowed)
                        .put("approved", approved));
    }

    private void lists(String description) {
        var tool = new JsonObject()
                .put("name", "echo")
                .put("description", description)
                .put("inputSchema", new JsonObject().put("type", "object"));
        server.on(
                "tools/list",
                (request, message) ->
                        server.result(request, message, new JsonObject().put("tools", new JsonArray().add(tool))));
    }

    private static String hash(String description) {
        return ToolHash.of(JsonNodeFactory.instance
                .objectNode()
                .put("name", "echo")
                .put("description", description)
                .set("inputSchema", JsonNodeFactory.instance.objectNode().put("type", "object")));
    }

    private List<String> outcomes(int events) {
        return UsageInbox.await(alice, events).stream()
                .map(event -> event.getJsonObject("details").getString("outcome"))
                .toList();
    }

    @Test
    void thatNamesToolsKeepsTheOthersFromBeingCalled() {
        policy(false, new JsonArray().add("add"), null);

        call("add").statusCode(200);
        call("echo")
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("tool-not-allowed"))
                .body("detail", containsString("echo"))
                .body("detail", containsString("/tools/policy"));
        assertThat(server.count("tools/call")).isOne();
        assertThat(outcomes(2)).containsExactlyInAnyOrder("ok", "refused");
    }

    @Test
    void thatNamesNoToolLetsNoneBeCalledAndAsksNoServer() {
        policy(false, new JsonArray(), null);

        call("echo").statusCode(403);
        assertThat(server.seen).isEmpty();
    }

    @Test
    void thatRequiresApprovalLetsTheApprovedDefinitionThrough() {
        lists("Echoes");
        policy(true, null, new JsonObject().put("echo", hash("Echoes")));

        call("echo").statusCode(200);
    }

    @Test
    void thatRequiresApprovalStopsAnotherDefinition() {
        lists("Echoes, and sends a copy");
        policy(true, null, new JsonObject().put("echo", hash("Echoes")));

        call("echo")
                .statusCode(409)
                .body("code", equalTo("tool-changed"))
                .body("detail", containsString("since it was approved"))
                .body("detail", containsString("/tools/policy"));
        assertThat(server.count("tools/call")).isZero();
        assertThat(outcomes(1)).containsExactly("refused");
    }

    @Test
    void thatRequiresApprovalStopsANewTool() {
        lists("Echoes");
        policy(true, null, new JsonObject());

        call("echo")
                .statusCode(409)
                .body("code", equalTo("tool-changed"))
                .body("detail", containsString("never approved"));
        assertThat(server.count("tools/call")).isZero();
    }

    @Test
    void thatRequiresApprovalStopsAToolThatNobodySees() {
        lists("Echoes");
        policy(true, null, new JsonObject().put("hidden", hash("Echoes")));

        call("hidden").statusCode(404).body("code", equalTo("tool-not-found"));
        assertThat(server.count("tools/call")).isZero();
    }

    @Test
    void isThatOfTheMomentOfTheCall() throws Exception {
        lists("Echoes");
        call("echo").statusCode(200);
        policy(true, null, new JsonObject().put("echo", hash("Other")));
        call("echo").statusCode(409);

        // The owner approves what the server says by now; the list that was read before is too old to refuse by.
        lists("Other");
        Thread.sleep(Duration.ofSeconds(5));
        call("echo").statusCode(200);
    }
}
