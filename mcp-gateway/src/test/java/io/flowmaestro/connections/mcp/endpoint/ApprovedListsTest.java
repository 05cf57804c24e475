package io.flowmaestro.connections.mcp.endpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.toolhash.ToolHash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AI clients and a server's tools where the owner has to approve them. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ApprovedListsTest extends SessionCase {

    private static final JsonObject ASKABLE = new JsonObject().put("elicitation", new JsonObject());

    private StoredMcp stored;

    @BeforeEach
    void connect() {
        stored = StoredMcp.of(alice, server);
        approves("Echoes");
    }

    private void approves(String description) {
        stored.with(
                "tool_policy",
                new JsonObject()
                        .put("require_approval", true)
                        .put("approved", new JsonObject().put("echo", hash(description))));
    }

    private static JsonObject tool(String name, String description) {
        return new JsonObject()
                .put("name", name)
                .put("description", description)
                .put("inputSchema", new JsonObject().put("type", "object"));
    }

    private static String hash(String description) {
        return ToolHash.of(JsonNodeFactory.instance
                .objectNode()
                .put("name", "echo")
                .put("description", description)
                .set("inputSchema", JsonNodeFactory.instance.objectNode().put("type", "object")));
    }

    private static JsonObject list(JsonObject... tools) {
        return new JsonObject().put("tools", new JsonArray(List.of((Object[]) tools)));
    }

    private void lists(JsonObject... tools) {
        server.on("tools/list", (request, message) -> server.result(request, message, list(tools)));
    }

    private Client inSessionWith(JsonObject capabilities) {
        return client(stored.id, alice).initialized("2025-11-25", capabilities);
    }

    private static Stream<String> described(Client.Got answer) {
        return answer.result().getJsonArray("tools").stream()
                .map(JsonObject.class::cast)
                .map(tool -> tool.getString("description"));
    }

    private static JsonObject call(String tool) {
        return new JsonObject().put("name", tool).put("arguments", new JsonObject());
    }

    private static String code(Client.Got answer) {
        return answer.error().getJsonObject("data").getString("code");
    }

    @Test
    void haveTheApprovedDefinitionsAlone() {
        lists(tool("echo", "Echoes"), tool("echo", "Reads your mail first"), tool("new", "Is new"));
        assertThat(described(inSessionWith(new JsonObject()).request("tools/list", new JsonObject())))
                .containsExactly("Echoes");
        assertThat(described(client(stored.id, alice).modern("tools/list", new JsonObject(), ASKABLE)))
                .containsExactly("Echoes");

        lists(tool("echo", "Reads your mail first"), tool("echo", "Echoes"));
        assertThat(described(inSessionWith(new JsonObject()).request("tools/list", new JsonObject())))
                .isEmpty();
        assertThat(code(inSessionWith(new JsonObject()).request("tools/call", call("echo"))))
                .isEqualTo("tool-changed");
    }

    @Test
    void areHeldToWhatTheListOfAMomentAgoSaid() {
        lists(tool("echo", "Echoes"));
        var client = inSessionWith(new JsonObject());
        assertThat(client.request("tools/call", call("echo")).result()).isNotNull();

        lists(tool("echo", "Reads your mail first"));
        assertThat(described(client.request("tools/list", new JsonObject()))).isEmpty();
        assertThat(code(client.request("tools/call", call("echo")))).isEqualTo("tool-changed");
        assertThat(server.count("tools/call")).isOne();
    }

    @Test
    void areHeldToWhatTheRegistryWasTold() {
        lists(tool("echo", "Echoes"));
        var client = inSessionWith(new JsonObject());
        assertThat(client.request("tools/call", call("echo")).result()).isNotNull();

        lists(tool("echo", "Reads your mail first"));
        given().auth()
                .oauth2(Tokens.service("connection-registry"))
                .header("X-On-Behalf-Of", alice)
                .contentType("application/json")
                .post("/internal/mcp/connections/{id}/discover", stored.id)
                .then()
                .statusCode(200);
        assertThat(code(client.request("tools/call", call("echo")))).isEqualTo("tool-changed");
        assertThat(server.count("tools/call")).isOne();
    }

    @Test
    void sayOfAToolThatOnlyTheyAreOfferedThatItWasNeverApproved() {
        server.on(
                "tools/list",
                (request, message) -> server.result(
                        request,
                        message,
                        isAskable(request)
                                ? list(tool("echo", "Echoes"), tool("ask", "Asks"))
                                : list(tool("echo", "Echoes"))));

        var offered = inSessionWith(ASKABLE).request("tools/call", call("ask"));
        var notOffered = inSessionWith(new JsonObject()).request("tools/call", call("ask"));
        var nowhere = inSessionWith(ASKABLE).request("tools/call", call("nothing"));

        assertThat(code(offered)).isEqualTo("tool-changed");
        assertThat(offered.error().getString("message")).contains("never approved", "/tools/policy");
        assertThat(code(notOffered)).isEqualTo("tool-not-found");
        assertThat(code(nowhere)).isEqualTo("tool-not-found");
        assertThat(server.count("tools/call")).isZero();
    }

    /** The fake server numbers its sessions as they begin. */
    private boolean isAskable(HttpServerRequest request) {
        int number = Integer.parseInt(request.getHeader("Mcp-Session-Id").substring("session-".length()));
        return server.seen.stream()
                .filter(one -> one.rpc().equals("initialize"))
                .toList()
                .get(number - 1)
                .message()
                .getJsonObject("params")
                .getJsonObject("capabilities")
                .containsKey("elicitation");
    }
}
